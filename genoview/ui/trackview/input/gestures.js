// Gestures: drag, pinch, wheel with Ctrl or Shift, rubber bands, clicks, keys. Plotly's own are
// switched off: at the window's edge they would change the width of the view, and they can zoom y.

const WHEEL_STEP = 1 / 400; // zoom per pixel of wheel, as a power of e: a notch of 100 px is 1.28
const LINE = 16; // pixels that a wheel counted in lines moves a line
const KEY_PAN = 0.1; // share of the width
const KEY_PAN_FAR = 0.5; // with Shift
const SLACK = 3; // pixels that a click may tremble without being a drag
const CLICK_WAIT = 250; // ms in which a second click makes it a double one
const RULER = 30; // pixels above the rows that belong to the ruler
export const KEY_ZOOM = 2;

/** Pixels of a wheel event; browsers turn a wheel with Shift into a sideways one. */
function pixels(event) {
  const delta = Math.abs(event.deltaY) >= Math.abs(event.deltaX) ? event.deltaY : event.deltaX;
  const unit = [1, LINE, 10 * LINE][event.deltaMode] ?? 1;
  return Math.max(-300, Math.min(300, delta * unit));
}

/** x of the figure under a pointer, kept inside the drawn area. */
export function xAt({ box, frame }, clientX) {
  const left = box.getBoundingClientRect().left + frame.left;
  const share = Math.min(Math.max((clientX - left) / frame.width, 0), 1);
  return frame.range[0] + share * (frame.range[1] - frame.range[0]);
}

/** What a key does in the figure, or undefined if it is not ours. */
export function keyAction(event) {
  const key = event.key;
  if (event.ctrlKey || event.metaKey) {
    if (event.altKey || key.toLowerCase() !== "z") {
      return event.ctrlKey && key.toLowerCase() === "y" && !event.altKey ? ["redo"] : undefined;
    }
    return [event.shiftKey ? "redo" : "undo"];
  }
  if (event.altKey) return undefined;
  const share = event.shiftKey ? KEY_PAN_FAR : KEY_PAN;
  return {
    ArrowLeft: ["pan", -share],
    ArrowRight: ["pan", share],
    "+": ["zoom", 1 / KEY_ZOOM],
    "=": ["zoom", 1 / KEY_ZOOM],
    "-": ["zoom", KEY_ZOOM],
    _: ["zoom", KEY_ZOOM],
    Home: ["whole"],
    f: [event.shiftKey ? "site" : "stop", 1],
    b: [event.shiftKey ? "site" : "stop", -1],
    c: ["card", event.shiftKey ? -1 : 1],
    Enter: event.target.classList?.contains("tv-figure") ? ["into"] : undefined, // not a button's
    Escape: ["escape"],
  }[/^[FBC]$/.test(key) ? key.toLowerCase() : key];
}

/** "ruler", "rows" or "" (labels and margins): where on the figure a pointer is. */
function zoneOf({ box, frame }, event) {
  const corner = box.getBoundingClientRect();
  const x = event.clientX - corner.left - frame.left;
  const y = event.clientY - corner.top - frame.top;
  if (x < 0 || x > frame.width) return "";
  if (y < 0 && y > -RULER) return "ruler";
  return y >= 0 && y <= frame.height ? "rows" : "";
}

/** One or two pointers on the figure: a drag, a pinch, a rubber band or a click. */
class Pointers {
  constructor(screen, act) {
    Object.assign(this, {
      screen,
      box: screen.box,
      act,
      down: new Map(),
      from: null,
      clicks: null,
    });
  }

  press(event) {
    if (event.button !== 0 || !this.screen.frame) return;
    const zone = zoneOf(this.screen, event);
    this.box.focus({ preventScroll: true });
    this.down.set(event.pointerId, event.clientX);
    if (this.down.size === 2) this.beginPinch();
    if (this.down.size > 1) return;
    const { range, width: length } = this.screen.frame;
    const band = zone === "ruler" || (zone === "rows" && event.shiftKey);
    const kind = band ? (zone === "ruler" ? "zoom" : "select") : "pan";
    const y = event.clientY;
    this.from = { kind, zone, x: event.clientX, y, range: [...range], length };
  }

  beginPinch() {
    const [a, b] = [...this.down.values()];
    const middle = (a + b) / 2;
    const range = [...this.screen.frame.range];
    this.endBand();
    this.from = {
      kind: "pinch",
      range,
      apart: Math.max(Math.abs(a - b), 1),
      x: xAt(this.screen, middle),
    };
  }

  move(event) {
    if (!this.down.has(event.pointerId) || !this.from) return;
    this.down.set(event.pointerId, event.clientX);
    const { from } = this;
    if (from.kind === "pinch") return this.pinch();
    const by = event.clientX - from.x;
    if (!from.moving && Math.abs(by) < SLACK) return;
    if (!from.moving) this.grab(event);
    if (from.kind === "pan") this.act("from", from.range, -by / from.length);
    else this.act("band", from.kind, ...this.ends(event.clientX));
  }

  pinch() {
    const [a, b] = [...this.down.values()];
    if (b === undefined) return;
    const factor = this.from.apart / Math.max(Math.abs(a - b), 1);
    this.act("scale", this.from.range, factor, this.from.x);
  }

  grab(event) {
    this.from.moving = true;
    this.box.setPointerCapture(event.pointerId); // from here on Plotly sees no pointer to hover with
    if (this.from.kind === "pan") this.box.classList.add("tv-dragging");
  }

  ends(clientX) {
    return [xAt(this.screen, this.from.x), xAt(this.screen, clientX)].sort((a, b) => a - b);
  }

  release(event) {
    const { from } = this;
    if (!this.down.delete(event.pointerId) || !from) return;
    if (from.kind === "pinch") {
      if (this.down.size === 0) this.from = null;
      return;
    }
    const banded = from.moving && from.kind !== "pan";
    if (banded && event.type === "pointerup")
      this.act("banded", from.kind, ...this.ends(event.clientX));
    else if (from.kind !== "pan") this.endBand();
    if (!from.moving && event.type === "pointerup" && from.zone === "rows") this.click(event);
    this.box.classList.remove("tv-dragging");
    this.from = null;
  }

  endBand() {
    this.act("band", "");
  }

  /** A click, unless a second one follows. */
  click(event) {
    clearTimeout(this.clicks);
    const { clientX, clientY } = event;
    this.clicks = setTimeout(
      () => this.act("click", xAt(this.screen, clientX), clientY),
      CLICK_WAIT,
    );
  }

  forget() {
    clearTimeout(this.clicks);
    this.down.clear();
    this.from = null;
    this.endBand();
  }
}

function listenToPointers(screen, signal, act) {
  const { box } = screen;
  const pointers = new Pointers(screen, act);
  const on = (name, handler) => box.addEventListener(name, handler, { signal, capture: true });
  // Plotly answers a press by laying a sheet over the page, which would take the moves.
  const keepFromPlotly = (event) => event.stopPropagation();
  on("mousedown", keepFromPlotly);
  box.addEventListener("touchstart", keepFromPlotly, { signal, capture: true, passive: true });
  on("pointerdown", (event) => pointers.press(event));
  on("pointermove", (event) => {
    pointers.move(event);
    if (!event.buttons) screen.point();
  });
  on("pointerup", (event) => pointers.release(event));
  on("pointercancel", (event) => pointers.release(event));
  on("lostpointercapture", (event) => {
    if (event.target === box) pointers.release(event); // a finger is captured by what it touched first
  });
  on("dblclick", (event) => {
    clearTimeout(pointers.clicks);
    const factor = event.shiftKey ? KEY_ZOOM : 1 / KEY_ZOOM;
    if (screen.frame && zoneOf(screen, event)) act("zoom", factor, xAt(screen, event.clientX));
  });
  return pointers;
}

function listenToWheel(screen, signal, act) {
  const onWheel = (event) => {
    if (!event.ctrlKey && !event.shiftKey) return; // a plain wheel scrolls the page
    event.preventDefault();
    event.stopPropagation();
    const factor = Math.exp(pixels(event) * WHEEL_STEP);
    if (screen.frame) act("zoom", factor, xAt(screen, event.clientX));
  };
  screen.box.addEventListener("wheel", onWheel, { signal, capture: true, passive: false });
}

const isTyping = (target) => !!target.closest?.("input, textarea, select, [contenteditable=true]");

/** `/` and `?` count on the whole page, since the search box lies outside of the figure. */
function listenToPage(signal, act) {
  const onKey = (event) => {
    const ours = { "/": "search", "?": "help" }[event.key];
    if (!ours || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(ours);
  };
  document.addEventListener("keydown", onKey, { signal });
}

/**
 * `act` gets ("from", range, share), ("scale", range, factor, x), ("pan", share),
 * ("zoom", factor, x), ("whole"), ("stop", step), ("site", step), ("card", step),
 * ("into"), ("undo"), ("redo"), ("escape"), ("search"),
 * ("help"), ("band", kind, left, right), ("banded", kind, left, right) or ("click", x, clientY).
 * @param root where keys count: the figure and its buttons.
 */
export function listen(root, screen, signal, act) {
  const pointers = listenToPointers(screen, signal, act);
  listenToWheel(screen, signal, act);
  listenToPage(signal, act);
  const onKey = (event) => {
    const action = isTyping(event.target) && event.key !== "Escape" ? undefined : keyAction(event);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    if (action[0] === "escape") pointers.forget();
    act(...action);
  };
  root.addEventListener("keydown", onKey, { signal });
}
