// Where the reader has been: undo and redo of the range.
import { same } from "../canvas/range.js";

const MOST = 100;

export class Past {
  constructor() {
    this.ranges = [];
    this.at = -1;
  }

  /** The view rests here; what was undone before is forgotten. */
  rest(range) {
    if (this.at >= 0 && same(this.ranges[this.at], range)) return;
    this.ranges = [...this.ranges.slice(Math.max(this.at + 2 - MOST, 0), this.at + 1), [...range]];
    this.at = this.ranges.length - 1;
  }

  /** @returns the range `step` back (-1) or forth (1), or undefined at the end. */
  step(step) {
    const range = this.ranges[this.at + step];
    if (range) this.at += step;
    return range;
  }

  /** Whether there is somewhere to go from `range`, which may not rest yet. */
  can(step, range) {
    const moved = this.at >= 0 && !same(this.ranges[this.at], range);
    return step < 0 ? moved || this.at > 0 : !moved && this.at + 1 < this.ranges.length;
  }
}
