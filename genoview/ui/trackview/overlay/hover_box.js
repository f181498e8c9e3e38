// Plotly's box of values beside the pointer: moved where it would lie over the variant.

/** @import { Range } from "../wire/types.d.ts" */

const ASIDE = 12; // px between the box and what must stay in sight

/**
 * The left edge of a box that covers neither the pointer nor what must stay in sight: beside the
 * pointer, away from it. All px; undefined where the box lies well, or has no room elsewhere.
 * @param {Range} box where Plotly drew it
 * @param {Range} taken
 * @param {number} pointer
 * @param {Range} limits of the figure
 * @returns {number | undefined}
 */
export function clearOf(box, taken, pointer, limits) {
  if (box[1] < taken[0] || box[0] > taken[1]) return undefined;
  const width = box[1] - box[0];
  const left = Math.min(pointer, taken[0]) - ASIDE - width;
  const right = Math.max(pointer, taken[1]) + ASIDE;
  const free = [...(left >= limits[0] ? [left] : [])];
  if (right + width <= limits[1]) free.push(right);
  return pointer > taken[1] ? free.at(-1) : free[0];
}

/**
 * @param {HTMLElement} box where Plotly draws
 * @param {() => Range | null} taken px of the window, of what must stay in sight
 * @param {AbortSignal} signal
 */
export function keepHoverClear(box, taken, signal) {
  let pointer = 0;
  const observer = new MutationObserver(() => moveAside(box, taken(), pointer));
  const watch = () => {
    const layer = box.querySelector(".hoverlayer");
    observer.disconnect();
    if (layer) observer.observe(layer, { childList: true, subtree: true });
  };
  const onMove = (/** @type {PointerEvent} */ event) => {
    pointer = event.clientX;
  };
  box.addEventListener("pointermove", onMove, { signal, capture: true, passive: true });
  box.addEventListener("tv:plot", watch, { signal });
  signal.addEventListener("abort", () => observer.disconnect());
}

/** @param {HTMLElement} box @param {Range | null} taken @param {number} pointer */
function moveAside(box, taken, pointer) {
  const label = box.querySelector(".hoverlayer .legend");
  const [, x, y] =
    /translate\(([-\d.]+)[, ]+([-\d.]+)/.exec(label?.getAttribute("transform") ?? "") ?? [];
  if (!label || !taken || x === undefined) return;
  const { left, right } = label.getBoundingClientRect();
  const figure = box.getBoundingClientRect();
  const to = clearOf([left, right], taken, pointer, [figure.left, figure.right]);
  if (to !== undefined) label.setAttribute("transform", `translate(${Number(x) + to - left},${y})`);
}
