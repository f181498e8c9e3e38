"""A page as a reader without a browser opens it, and what is written on it."""

from streamlit.testing.v1 import AppTest

from genoview.ui.page import shell
from tests.support.models.toy_backend import LONG_S
from tests.support.paths import ROOT


def visit(page: str = "explore", **params: str | list[str]) -> AppTest:
    """A page as a link opens it."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LONG_S)
    if page != "explore":
        app.query_params["q"] = "-"  # a first run makes the other pages known; this one is short
        healthy(app.run())
        app.query_params.clear()
        app.switch_page(shell.PAGES[page][0])
    return opened(app, **params)


def opened(app: AppTest, **params: str | list[str]) -> AppTest:
    """With these parameters in its link."""
    for key, value in params.items():
        app.query_params[key] = value
    return healthy(app.run())


def healthy(app: AppTest) -> AppTest:
    assert not app.exception, app.exception[0].value
    return app


def answered(app: AppTest, kinds: tuple[str, ...] = ("jobs",)) -> AppTest:
    """Once its models have answered."""
    for kind in kinds:
        for job in app.session_state[kind].values() if kind in app.session_state else ():
            assert job.wait(LONG_S)
        healthy(app.run())
    return app


def scored(app: AppTest) -> AppTest:
    """Once its models have answered, and then its scores are there."""
    return answered(app, ("jobs", "score_jobs"))


def press(app: AppTest, label: str) -> AppTest:
    [button] = [button for button in app.button if button.label == label]
    assert not button.disabled
    return healthy(button.click().run())


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def words(app: AppTest) -> str:
    """Of all kinds of text, a line each."""
    kinds = (app.markdown, app.caption, app.text, app.info, app.warning, app.error, app.code)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def in_the_link(app: AppTest, key: str) -> str:
    values = app.query_params.get(key, [])
    return values if isinstance(values, str) else "".join(values)
