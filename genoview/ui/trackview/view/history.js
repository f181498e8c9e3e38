// Where the reader has been: undo and redo of the range.
import { same } from "../canvas/range.js";

/** @import { Range } from "../wire/types.d.ts" */

const MOST = 100;

export class RangeHistory {
  /** @type {Range[]} */
  ranges = [];
  at = -1;

  /** The view rests here; what was undone before is forgotten. @param {Range} range */
  rest(range) {
    if (this.at >= 0 && same(this.ranges[this.at], range)) return;
    const before = this.ranges.slice(Math.max(this.at + 2 - MOST, 0), this.at + 1);
    this.ranges = [...before, [...range]];
    this.at = this.ranges.length - 1;
  }

  /** The range `step` back (-1) or forth (1). @param {number} step @returns {Range | undefined} */
  step(step) {
    const range = this.ranges[this.at + step];
    if (range) this.at += step;
    return range;
  }

  /**
   * Whether there is somewhere to go from `range`, which may not rest yet.
   * @param {number} step
   * @param {Range} range
   */
  can(step, range) {
    const moved = this.at >= 0 && !same(this.ranges[this.at], range);
    return step < 0 ? moved || this.at > 0 : !moved && this.at + 1 < this.ranges.length;
  }
}
