// Arithmetic of a range [start, end] on x. No page, no Plotly: every function returns a new range.

/** @import { Range, Stop } from "../wire/types.d.ts" */

/**
 * Inside `limits`: moved before it is cut, and never closer than `minWidth`.
 * @param {Range} range
 * @param {Range} limits
 * @param {number} minWidth
 * @returns {Range}
 */
export function clamp([start, end], limits, minWidth) {
  const whole = limits[1] - limits[0];
  const width = Math.min(Math.max(end - start, Math.min(minWidth, whole)), whole);
  const centre = (start + end) / 2;
  const left = end - start === width ? start : centre - width / 2;
  const from = Math.min(Math.max(left, limits[0]), limits[1] - width);
  return [from, from + width];
}

/**
 * Moved by a share of its own width, to the right if positive.
 * @param {Range} range
 * @param {number} share
 * @returns {Range}
 */
export function moved([start, end], share) {
  const by = (end - start) * share;
  return [start + by, end + by];
}

/**
 * `factor` times as wide, with `anchor` staying where it is on the screen.
 * @param {Range} range
 * @param {number} factor
 * @param {number} anchor
 * @param {Range} limits
 * @param {number} minWidth
 * @returns {Range}
 */
export function scaled([start, end], factor, anchor, limits, minWidth) {
  const whole = limits[1] - limits[0];
  const width = Math.min(Math.max((end - start) * factor, Math.min(minWidth, whole)), whole);
  const from = anchor - ((anchor - start) / (end - start)) * width;
  return [from, from + width];
}

/** @param {Range} a @param {Range} b */
export function same(a, b) {
  const eps = Math.max(b[1] - b[0], 1) * 1e-9;
  return Math.abs(a[0] - b[0]) <= eps && Math.abs(a[1] - b[1]) <= eps;
}

/**
 * First and last base in view, counted from 1. `origin` is x of the first base's left edge.
 * @param {Range} range
 * @param {number} origin
 * @returns {Range}
 */
export function bases([start, end], origin) {
  const first = Math.floor(start - origin + 1e-6) + 1;
  return [Math.max(first, 1), Math.max(Math.ceil(end - origin - 1e-6), first, 1)];
}

/**
 * `chr20:43,000,001-43,020,000 (20,000 bp)`
 * @param {Range} range
 * @param {string} chrom
 * @param {number} origin
 */
export function inWords(range, chrom, origin) {
  const [first, last] = bases(range, origin);
  const number = new Intl.NumberFormat("en-US");
  const place = `${number.format(first)}-${number.format(last)}`;
  return `${chrom ? `${chrom}:` : ""}${place} (${number.format(last - first + 1)} bp)`;
}

/**
 * The next stop to the right of the view's centre, or the previous one.
 * @param {Stop[]} stops
 * @param {Range} range
 * @param {number} step 1 or -1
 */
export function stopBeside(stops, [start, end], step) {
  const centre = (start + end) / 2;
  const slack = Math.max((end - start) * 1e-6, 0.51);
  const middle = (/** @type {Stop} */ [left, right]) => (left + right) / 2;
  const away = (/** @type {Stop} */ stop) => Math.abs(middle(stop) - centre);
  const ahead = stops.filter((stop) => (middle(stop) - centre) * step > slack);
  return ahead.length ? ahead.reduce((a, b) => (away(a) <= away(b) ? a : b)) : undefined;
}

/**
 * `width` wide, with the middle of what is given in its middle.
 * @param {Range} range
 * @param {number} width
 * @returns {Range}
 */
export function centred([start, end], width) {
  const centre = (start + end) / 2;
  return [centre - width / 2, centre + width / 2];
}

/**
 * The range moved over a stop, as wide as before where the stop has room in it.
 * @param {Range} range
 * @param {Range | Stop} stop
 * @returns {Range}
 */
export function over([start, end], [left, right]) {
  return centred([left, right], Math.max(end - start, (right - left) * 1.1));
}
