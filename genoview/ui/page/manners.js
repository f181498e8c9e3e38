// What a page does beside what Streamlit draws: a skip link, the focus, one step of history for one
// step of the reader, and plain words while the server is away. Once a document.

const TRACKS = ".tv-figure";
const PATIENCE_MS = 8000; // for the page that a typed query leads to
const LOOK_MS = 250;
const SAME_STEP_MS = 3000; // query and page of one step follow each other within that
const AWAY = ["PINGING_SERVER", "DISCONNECTED_FOREVER", "CONNECTING"];
const WORDS = {
  away: "The server was restarted or does not answer: reconnecting.",
  back: "The server was restarted, and this page is connected again.",
};

/** @param {string} tag @param {Record<string, string>} facts */
const element = (tag, facts) => Object.assign(document.createElement(tag), facts);

function skipLink() {
  const link = element("a", { className: "gv-skip", href: "#", textContent: "Skip to the tracks" });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const tracks = /** @type {HTMLElement | null} */ (document.querySelector(TRACKS));
    tracks?.scrollIntoView({ block: "start" });
    tracks?.focus({ preventScroll: true });
  });
  document.body.prepend(link);
}

/** The box of the next page gets the focus that was in the box of this one. @param {string} label */
function keepFocus(label) {
  let until = 0;
  const isBox = (/** @type {EventTarget | null} */ target) =>
    target instanceof HTMLInputElement && target.ariaLabel === label;
  document.addEventListener(
    "keydown",
    (event) => {
      until = event.key === "Enter" && isBox(event.target) ? Date.now() + PATIENCE_MS : 0;
    },
    true,
  );
  document.addEventListener("pointerdown", () => {
    until = 0;
  });
  setInterval(() => {
    if (Date.now() > until || document.activeElement !== document.body) return;
    const box = [...document.querySelectorAll("input")].find(isBox);
    box?.focus({ preventScroll: true });
  }, LOOK_MS);
}

/** Streamlit writes the query into the address of the old page before it goes to the new one. */
function oneStepOfHistory() {
  const push = history.pushState.bind(history);
  let step = { search: "", path: "", at: 0 };
  addEventListener("popstate", () => {
    step = { search: "", path: "", at: 0 };
  });
  history.pushState = (state, title, url) => {
    const next = new URL(String(url ?? location.href), location.href);
    const { pathname, search } = location;
    const isSameStep = step.path === pathname && step.search === search && next.search === search;
    if (isSameStep && next.pathname !== pathname && Date.now() - step.at < SAME_STEP_MS) {
      history.replaceState(state, title, url);
      step.at = 0;
    } else {
      push(state, title, url);
      const isQuery = next.pathname === pathname && next.search !== search;
      step = { search: next.search, path: pathname, at: isQuery ? Date.now() : 0 };
    }
  };
}

/** In place of advice to developers about a terminal. */
function connectionWords() {
  const line = element("div", { className: "gv-connection", role: "status", hidden: true });
  document.body.append(line);
  let wasAway = false;
  let hideAt = 0;
  setInterval(() => {
    const app = document.querySelector("[data-testid=stApp]");
    const isAway = AWAY.includes(app?.getAttribute("data-test-connection-state") ?? "");
    document.body.classList.toggle("gv-away", isAway);
    if (isAway) Object.assign(line, { textContent: WORDS.away, hidden: false });
    if (wasAway && !isAway) {
      Object.assign(line, { textContent: WORDS.back, hidden: false });
      hideAt = Date.now() + PATIENCE_MS;
    }
    if (!isAway && Date.now() > hideAt) line.hidden = true;
    wasAway = isAway;
  }, LOOK_MS);
}

/** @param {{ data: { label: string } }} component */
export default function manners({ data }) {
  if (document.body.dataset.gvManners) return;
  document.body.dataset.gvManners = "yes";
  skipLink();
  keepFocus(data.label);
  oneStepOfHistory();
  connectionWords();
}
