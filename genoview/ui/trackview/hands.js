// Gestures: dragging, wheel with Ctrl or Shift, double click, keys. Plotly's own are switched
// off: at the window's edge they would change the width of the view, and they can zoom y.

const WHEEL_STEP = 1 / 400; // zoom per pixel of wheel, as a power of e: a notch of 100 px is 1.28
const LINE = 16; // pixels that a wheel counted in lines moves a line
const KEY_PAN = 0.1; // share of the width
const KEY_PAN_FAR = 0.5; // with Shift
const SLACK = 3; // pixels that a click may tremble without being a drag
export const KEY_ZOOM = 2;

/** Pixels of a wheel event; browsers turn a wheel with Shift into a sideways one. */
function pixels(event) {
  const delta = Math.abs(event.deltaY) >= Math.abs(event.deltaX) ? event.deltaY : event.deltaX;
  const unit = [1, LINE, 10 * LINE][event.deltaMode] ?? 1;
  return Math.max(-300, Math.min(300, delta * unit));
}

/** x of the figure under a pointer, kept inside the drawn area. */
export function xAt(box, clientX) {
  const axis = box._fullLayout.xaxis;
  const left = box.getBoundingClientRect().left + axis._offset;
  const share = Math.min(Math.max((clientX - left) / axis._length, 0), 1);
  return axis.range[0] + share * (axis.range[1] - axis.range[0]);
}

/** What a key does, or undefined if it is not ours. */
export function keyAction(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const share = event.shiftKey ? KEY_PAN_FAR : KEY_PAN;
  return {
    ArrowLeft: ["pan", -share],
    ArrowRight: ["pan", share],
    "+": ["zoom", 1 / KEY_ZOOM],
    "=": ["zoom", 1 / KEY_ZOOM],
    "-": ["zoom", KEY_ZOOM],
    _: ["zoom", KEY_ZOOM],
    Home: ["whole"],
  }[event.key];
}

/** A press on the figure becomes a drag after a few pixels; the point under it stays under it. */
function listenToDrag(box, signal, act) {
  let from = null; // {x, range, length, moving}
  const onDown = (event) => {
    if (event.button !== 0 || event.target.closest(".legend")) return;
    box.focus({ preventScroll: true });
    const axis = box._fullLayout?.xaxis;
    if (axis) from = { x: event.clientX, range: [...axis.range], length: axis._length };
  };
  const onMove = (event) => {
    if (!from) return;
    const by = event.clientX - from.x;
    if (!from.moving && Math.abs(by) < SLACK) return;
    if (!from.moving) {
      from.moving = true;
      box.setPointerCapture(event.pointerId); // from here on Plotly sees no pointer to hover with
      box.classList.add("tv-dragging");
    }
    act("from", from.range, -by / from.length);
  };
  const onEnd = () => {
    box.classList.remove("tv-dragging");
    from = null;
  };
  // Plotly answers a press by laying a sheet over the page, which would take the moves.
  const keepFromPlotly = (event) => {
    if (!event.target.closest(".legend")) event.stopPropagation();
  };
  box.addEventListener("mousedown", keepFromPlotly, { signal, capture: true });
  box.addEventListener("touchstart", keepFromPlotly, { signal, capture: true, passive: true });
  box.addEventListener("pointerdown", onDown, { signal, capture: true });
  box.addEventListener("pointermove", onMove, { signal, capture: true });
  const onLost = (event) => {
    if (event.target === box) onEnd(); // a finger is captured by what it touched first
  };
  box.addEventListener("pointerup", onEnd, { signal, capture: true });
  box.addEventListener("pointercancel", onEnd, { signal, capture: true });
  box.addEventListener("lostpointercapture", onLost, { signal });
}

function listenToWheel(box, signal, act) {
  const onWheel = (event) => {
    if (!event.ctrlKey && !event.shiftKey) return; // a plain wheel scrolls the page
    event.preventDefault();
    event.stopPropagation();
    if (box._fullLayout) act("zoom", Math.exp(pixels(event) * WHEEL_STEP), xAt(box, event.clientX));
  };
  box.addEventListener("wheel", onWheel, { signal, capture: true, passive: false });
}

/**
 * `act` gets ("from", range, share), ("pan", share), ("zoom", factor, x) or ("whole").
 * @param root where keys count: the figure and its buttons.
 */
export function listen(root, box, signal, act) {
  listenToDrag(box, signal, act);
  listenToWheel(box, signal, act);
  const onKey = (event) => {
    const action = keyAction(event);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    act(...action);
  };
  const onDouble = (event) => {
    if (!event.target.closest(".legend")) act("whole");
  };
  root.addEventListener("keydown", onKey, { signal });
  box.addEventListener("dblclick", onDouble, { signal });
}
