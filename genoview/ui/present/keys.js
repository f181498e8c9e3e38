// Keys of a presentation: they press the buttons of its bar, so that mouse and keyboard do the same.

/** @type {Record<string, string>} */
const BUTTONS = {
  ArrowLeft: "previous",
  PageUp: "previous",
  ArrowRight: "next",
  PageDown: "next",
  Escape: "leave",
};

/** @param {EventTarget | null} target */
const isTyping = (target) =>
  target instanceof Element && !!target.closest("input, textarea, select, [contenteditable=true]");

function fillScreen() {
  const change = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen();
  change.catch(() => {}); // refused, as within a frame: the page stays as large as it is
}

/** Before the track view, whose keys are others. @param {KeyboardEvent} event */
function pressed(event) {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || isTyping(target)) return;
  const name = BUTTONS[key];
  if (!name && key.toLowerCase() !== "f") return;
  event.preventDefault();
  event.stopPropagation();
  if (!name || (name === "leave" && document.fullscreenElement)) fillScreen();
  else {
    const button = document.querySelector(`.st-key-present_${name} button`);
    if (button instanceof HTMLElement) button.click();
  }
}

/** @type {WeakMap<HTMLElement, AbortController>} what listens for a place, once */
const listening = new WeakMap();

/** @param {{ parentElement: HTMLElement }} component */
export default function present({ parentElement }) {
  listening.get(parentElement)?.abort();
  const listener = new AbortController();
  listening.set(parentElement, listener);
  document.addEventListener("keydown", pressed, { capture: true, signal: listener.signal });
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    className: "gv-fill",
    textContent: "Full screen",
    title: "Fill the screen, and back (F)",
  });
  button.addEventListener("click", fillScreen);
  parentElement.replaceChildren(button);
  return () => listener.abort();
}
