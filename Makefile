# `make run` opens the dashboard, `make test` runs every check; each does its own set-up.
# `make fuzz` gives every reader and form hostile input, and prints what became of it.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
# Threads that wait must not spin: a second process on the same cores would crawl.
export OMP_WAIT_POLICY ?= PASSIVE
# Installed without compiling: what is imported is compiled once, whatever the shell says of that.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test setup format bench fuzz clean

run: $(VENV)/.installed
	$(BIN)/streamlit run app.py --server.port $(PORT)

setup: $(VENV)/.installed

$(VENV)/.installed: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --no-compile --no-build-isolation --editable ".[dev]"
	touch $@

test: $(VENV)/.installed-dev
	PATH="$(CURDIR)/$(BIN):$$PATH" bash scripts/check.sh

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/readme_figures.py --write

fuzz: $(VENV)/.installed-dev
	$(BIN)/python scripts/fuzz.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
