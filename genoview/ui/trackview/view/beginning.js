// Where a subject begins: Python's range, also a later one, as long as the reader has not moved.
import { clamp, same } from "../canvas/range.js";

/** @import { Header, Range } from "../wire/types.d.ts" */

export class Beginning {
  /** @type {Range} where the view began, or begins again */
  range = [0, 0];

  /**
   * Python's range, unless the reader has one of their own.
   * @param {Pick<Header, "range" | "limits" | "minWidth">} header
   * @param {Range | null} reader what is seen; null for a new subject
   * @param {Range | undefined} drawnAt the range of the figure
   * @returns whether the view shall begin at `range`
   */
  adopt({ range, limits, minWidth }, reader, drawnAt) {
    if (reader && !(range && same(reader, this.range))) return false;
    const [start, end] = range ?? drawnAt ?? limits;
    const wanted = clamp([Number(start), Number(end)], limits, minWidth);
    if (reader && same(wanted, reader)) return false;
    this.range = wanted;
    return true;
  }
}
