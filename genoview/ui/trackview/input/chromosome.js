// The row with the chromosome: a click on it leads to a place, and opens no card.
import { rowsOf } from "../canvas/frame.js";

/** @import { Clickable, RowMeta } from "../wire/types.d.ts" */
/** @import { AnyFigure } from "../wire/packing.js" */
/** @import { Frame } from "../canvas/frame.js" */
/** @import { Hit } from "./hit_test.js" */

export const BAND = "band"; // its x are shares of the figure's width
const PLACE = "place";

/**
 * The place of the chromosome that a share of its picture stands for.
 * @param {Clickable[]} bands
 * @param {number} share
 * @returns {Hit}
 */
export function placeOn(bands, share) {
  const band = bands.find(([, , , , right]) => share <= right) ?? bands[bands.length - 1];
  const [, key, label, left, right] = band;
  const [first, last] = (/(\d+)-(\d+)$/.exec(key) ?? []).slice(1).map(Number);
  const along = Math.min(Math.max((share - left) / (right - left), 0), 1);
  const position = Math.min(first + Math.floor(along * (last - first + 1)), last);
  return { kind: PLACE, key, label, position };
}

/** Whether a row shows the chromosome, which leads elsewhere and has no card. @param {RowMeta} row */
export const isChromosome = (row) => !!row.things?.some(([kind]) => kind === BAND);

/**
 * px from the figure's top to the end of the row with the chromosome; undefined without one.
 * @param {Frame | null} frame
 * @param {AnyFigure} figure
 */
export function chromosomeEnd(frame, { layout }) {
  const row = layout.meta?.rows?.find(isChromosome);
  const place = row && frame && rowsOf(layout, frame).get(row.yaxis);
  return place ? place.top + place.height : undefined;
}
