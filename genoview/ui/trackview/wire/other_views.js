// Between the track view and other views of the same page, such as a structure: a stretch that
// they lead to, and a base that is clicked in the tracks. Places are 0-based half-open.

const GO = "genoview-go";
const BASE = "genoview-base";
export const CODON_SEEN = 60; // bp in view where another view leads to a codon

/** @param {{ start: number, end: number }} stretch what the tracks shall show */
export function announceGo(stretch) {
  window.dispatchEvent(new CustomEvent(GO, { detail: stretch }));
}

/** @param {number} base that was clicked in the tracks */
export function announceBase(base) {
  window.dispatchEvent(new CustomEvent(BASE, { detail: base }));
}

/** @param {(base: number) => void} take @param {AbortSignal} signal */
export function onBase(take, signal) {
  const listener = (/** @type {Event} */ event) => take(/** @type {CustomEvent} */ (event).detail);
  window.addEventListener(BASE, listener, { signal });
}

/**
 * The view goes where another leads, if that is in its window.
 * @param {{ drawn: boolean, header: { origin: number, limits: [number, number] },
 *   go: (range: [number, number], alone: boolean) => void }} view
 * @param {AbortSignal} signal
 */
export function followOthers(view, signal) {
  const listener = (/** @type {Event} */ event) => {
    const range = view.drawn
      ? rangeAround(view.header, /** @type {CustomEvent} */ (event).detail)
      : null;
    if (range) view.go(range, true);
  };
  window.addEventListener(GO, listener, { signal });
}

/**
 * x around a stretch; null outside of the window.
 * @param {{ origin: number, limits: [number, number] }} header
 * @param {{ start: number, end: number }} stretch
 * @returns {[number, number] | null}
 */
export function rangeAround({ origin, limits }, { start, end }) {
  const middle = (start + end) / 2 + origin;
  if (!(middle >= limits[0] && middle <= limits[1])) return null;
  const half = Math.max(CODON_SEEN, end - start) / 2;
  return [middle - half, middle + half];
}
