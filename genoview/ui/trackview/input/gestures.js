// Gestures: drag, pinch, wheel with Ctrl or Shift, rubber bands, clicks. Plotly's own are switched
// off: at the window's edge they would change the width of the view, and they can zoom y.
import { xAt } from "../canvas/frame.js";
import { KEY_ZOOM, listenToKeys, listenToPage } from "./keys.js";

/** @import { Range } from "../wire/types.d.ts" */
/** @import { Frame } from "../canvas/frame.js" */
/** @import { Screen } from "../canvas/screen.js" */
/** @import { Gesture } from "./actions.js" */
/** @typedef {(...gesture: Gesture) => void} Act */
/** @typedef {Screen & { frame: Frame }} DrawnScreen */
/**
 * @typedef {{ kind: "pan" | "zoom" | "select", zone: string, x: number, range: Range,
 *   length: number, moving: boolean }} Press One pointer; `x` px of the page, `length` px.
 * @typedef {{ kind: "pinch", range: Range, apart: number, x: number }} Pinch
 *   Two pointers; `x` of the figure between them, `apart` px.
 */

const WHEEL_STEP = 1 / 400; // zoom per pixel of wheel, as a power of e: a notch of 100 px is 1.28
const LINE = 16; // pixels that a wheel counted in lines moves a line
const SLACK = 3; // pixels that a click may tremble without being a drag
const CLICK_WAIT = 250; // ms in which a second click makes it a double one
const RULER = 30; // pixels above the rows that belong to the ruler

/**
 * Pixels of a wheel event; browsers turn a wheel with Shift into a sideways one.
 * @param {Pick<WheelEvent, "deltaX" | "deltaY" | "deltaMode">} event
 */
export function wheelPixels(event) {
  const delta = Math.abs(event.deltaY) >= Math.abs(event.deltaX) ? event.deltaY : event.deltaX;
  const unit = [1, LINE, 10 * LINE][event.deltaMode] ?? 1;
  return Math.max(-300, Math.min(300, delta * unit));
}

/** @param {Screen} screen @returns {screen is DrawnScreen} */
const isDrawn = (screen) => screen.frame !== null;

/**
 * "ruler", "rows" or "" (labels and margins): where on the figure a pointer is.
 * @param {{ box: Element, frame: Frame }} screen
 * @param {Pick<MouseEvent, "clientX" | "clientY">} event
 */
export function zoneOf({ box, frame }, event) {
  const corner = box.getBoundingClientRect();
  const x = event.clientX - corner.left - frame.left;
  const y = event.clientY - corner.top - frame.top;
  if (x < 0 || x > frame.width) return "";
  if (y < 0 && y > -RULER) return "ruler";
  return y >= 0 && y <= frame.height ? "rows" : "";
}

/** One or two pointers on the figure: a drag, a pinch, a rubber band or a click. */
class Pointers {
  /** @type {Map<number, number>} px of each pointer that is down */
  down = new Map();
  /** @type {Press | Pinch | null} */
  from = null;

  /** @param {Screen} screen @param {Act} act */
  constructor(screen, act) {
    this.screen = screen;
    this.box = screen.box;
    this.act = act;
  }

  /** @param {PointerEvent} event */
  press(event) {
    const { screen } = this;
    if (event.button !== 0 || !isDrawn(screen)) return;
    const zone = zoneOf(screen, event);
    this.box.focus({ preventScroll: true });
    this.down.set(event.pointerId, event.clientX);
    if (this.down.size === 2) this.beginPinch(screen);
    if (this.down.size > 1) return;
    const { range, width: length } = screen.frame;
    const band = zone === "ruler" || (zone === "rows" && event.shiftKey);
    const kind = band ? (zone === "ruler" ? "zoom" : "select") : "pan";
    this.from = { kind, zone, x: event.clientX, range: [...range], length, moving: false };
  }

  /** @param {DrawnScreen} screen */
  beginPinch(screen) {
    const [a, b] = [...this.down.values()];
    this.endBand();
    const range = /** @type {Range} */ ([...screen.frame.range]);
    const x = xAt(screen, (a + b) / 2);
    this.from = { kind: "pinch", range, apart: Math.max(Math.abs(a - b), 1), x };
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { from } = this;
    if (!this.down.has(event.pointerId) || !from) return;
    this.down.set(event.pointerId, event.clientX);
    if (from.kind === "pinch") {
      this.pinch(from);
      return;
    }
    const by = event.clientX - from.x;
    if (!from.moving && Math.abs(by) < SLACK) return;
    if (!from.moving) this.grab(event, from);
    if (from.kind === "pan") this.act("drag", from.range, -by / from.length);
    else this.act("band", from.kind, ...this.ends(from, event.clientX));
  }

  /** @param {Pinch} from */
  pinch(from) {
    const [a, b] = [...this.down.values()];
    if (b === undefined) return;
    this.act("scale", from.range, from.apart / Math.max(Math.abs(a - b), 1), from.x);
  }

  /** @param {PointerEvent} event @param {Press} from */
  grab(event, from) {
    from.moving = true;
    this.box.setPointerCapture(event.pointerId); // from here on Plotly sees no pointer to hover with
    if (from.kind === "pan") this.box.classList.add("tv-dragging");
  }

  /** x at both ends of a rubber band. @param {Press} from @param {number} clientX @returns {Range} */
  ends(from, clientX) {
    const screen = /** @type {DrawnScreen} */ (this.screen);
    const [start, end] = [xAt(screen, from.x), xAt(screen, clientX)];
    return [Math.min(start, end), Math.max(start, end)];
  }

  /** @param {PointerEvent} event */
  release(event) {
    const { from } = this;
    if (!this.down.delete(event.pointerId) || !from) return;
    if (from.kind === "pinch") {
      if (this.down.size === 0) this.from = null;
      return;
    }
    const isUp = event.type === "pointerup";
    if (from.kind !== "pan") {
      if (from.moving && isUp) this.act("band-end", from.kind, ...this.ends(from, event.clientX));
      else this.endBand();
    }
    if (!from.moving && isUp && from.zone === "rows") this.click(event);
    this.box.classList.remove("tv-dragging");
    this.from = null;
  }

  endBand() {
    this.act("band", "");
  }

  /** A click, unless a second one follows. @param {PointerEvent} event */
  click({ clientX, clientY }) {
    clearTimeout(this.clicks);
    this.clicks = setTimeout(() => {
      if (isDrawn(this.screen)) this.act("click", xAt(this.screen, clientX), clientY);
    }, CLICK_WAIT);
  }

  /** @param {MouseEvent} event */
  doubleClick(event) {
    clearTimeout(this.clicks);
    const { screen } = this;
    const factor = event.shiftKey ? KEY_ZOOM : 1 / KEY_ZOOM;
    if (isDrawn(screen) && zoneOf(screen, event)) {
      this.act("zoom", factor, xAt(screen, event.clientX));
    }
  }

  forget() {
    clearTimeout(this.clicks);
    this.down.clear();
    this.from = null;
    this.endBand();
  }
}

/** @param {Screen} screen @param {AbortSignal} signal @param {Act} act */
function listenToPointers(screen, signal, act) {
  const { box } = screen;
  const pointers = new Pointers(screen, act);
  const options = { signal, capture: true };
  // Plotly answers a press by laying a sheet over the page, which would take the moves.
  const keepFromPlotly = (/** @type {Event} */ event) => event.stopPropagation();
  box.addEventListener("mousedown", keepFromPlotly, options);
  box.addEventListener("touchstart", keepFromPlotly, { ...options, passive: true });
  box.addEventListener("pointerdown", (event) => pointers.press(event), options);
  const onMove = (/** @type {PointerEvent} */ event) => {
    pointers.move(event);
    if (!event.buttons) screen.point();
  };
  box.addEventListener("pointermove", onMove, options);
  box.addEventListener("pointerup", (event) => pointers.release(event), options);
  box.addEventListener("pointercancel", (event) => pointers.release(event), options);
  const onLost = (/** @type {PointerEvent} */ event) => {
    if (event.target === box) pointers.release(event); // a finger is captured by what it touched first
  };
  box.addEventListener("lostpointercapture", onLost, options);
  box.addEventListener("dblclick", (event) => pointers.doubleClick(event), options);
  return pointers;
}

/** @param {Screen} screen @param {AbortSignal} signal @param {Act} act */
function listenToWheel(screen, signal, act) {
  const onWheel = (/** @type {WheelEvent} */ event) => {
    if (!event.ctrlKey && !event.shiftKey) return; // a plain wheel scrolls the page
    event.preventDefault();
    event.stopPropagation();
    const factor = Math.exp(wheelPixels(event) * WHEEL_STEP);
    if (isDrawn(screen)) act("zoom", factor, xAt(screen, event.clientX));
  };
  screen.box.addEventListener("wheel", onWheel, { signal, capture: true, passive: false });
}

/**
 * @param {HTMLElement} root where keys count: the figure and its buttons
 * @param {Screen} screen
 * @param {AbortSignal} signal
 * @param {Act} act
 */
export function listen(root, screen, signal, act) {
  const pointers = listenToPointers(screen, signal, act);
  listenToWheel(screen, signal, act);
  listenToPage(signal, act);
  listenToKeys(root, signal, (...gesture) => {
    if (gesture[0] === "escape") pointers.forget();
    act(...gesture);
  });
}
