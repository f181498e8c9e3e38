// The pointer shows what a click would do: a hand over features, and where on the chromosome.
import { xAt } from "../canvas/frame.js";
import { featureAt } from "./hit_test.js";

/** @import { TrackView } from "../view/track_view.js" */
/** @import { Hit } from "./hit_test.js" */

/**
 * What a click at a place of the page would hit; nothing on labels and margins.
 * @param {TrackView} view
 * @param {PointerEvent} event
 */
function featureUnder({ screen, figure, drawn }, { clientX, clientY }) {
  const { box, frame } = screen;
  if (!drawn || !frame) return undefined;
  const px = clientX - box.getBoundingClientRect().left - frame.left;
  if (px < 0 || px > frame.width) return undefined;
  return featureAt({ box, frame }, figure, xAt({ box, frame }, clientX), clientY);
}

/** @param {HTMLElement} box @param {Hit | undefined} hit */
function show(box, hit) {
  box.classList.toggle("tv-pointing", !!hit);
  const title =
    hit?.position === undefined ? "" : `Go to ${hit.label}, ${(hit.position / 1e6).toFixed(1)} Mb`;
  if (box.title !== title) box.title = title;
}

/** @param {TrackView} view */
export function listenToHover(view) {
  const { box } = view;
  const options = { signal: view.removed.signal, passive: true };
  /** @type {PointerEvent | null} */
  let last = null;
  let isDue = false;
  const look = () => {
    isDue = false;
    show(box, last ? featureUnder(view, last) : undefined);
  };
  const onMove = (/** @type {PointerEvent} */ event) => {
    last = event.buttons ? null : event;
    if (!isDue) requestAnimationFrame(look);
    isDue = true;
  };
  const onLeave = () => {
    last = null;
    show(box, undefined);
  };
  box.addEventListener("pointermove", onMove, options);
  box.addEventListener("pointerleave", onLeave, options);
}
