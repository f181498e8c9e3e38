// Finer data for the range on screen: one tile at a time, the newest wish first.

import { same } from "../canvas/range.js";
import { Forgotten, Tiles } from "../wire/tiles.js";

const PAUSE = 40; // ms without a further step before a tile is asked for
const PROMPT = 60; // ms in which a tile is awaited before the old figure is moved instead
const SLACK = 0.08; // share of the page's width by which a figure may be composed for another
const RETRY = 2_000; // ms after which a server that did not answer is asked again

export class Refiner {
  constructor(view) {
    this.view = view;
    this.tiles = null;
    this.last = 0;
  }

  /** Ask at this address from now on; a new one knows nothing of the old. @returns whether it is. */
  use(address) {
    if ((this.tiles?.address ?? "") === address) return false;
    this.tiles = address ? new Tiles(address, this.view.gone.signal) : null;
    return true;
  }

  /** Whether a figure was composed for what is on screen. */
  fits(figure) {
    if (!this.tiles) return true;
    const { width_px: width } = figure.layout?.meta ?? {};
    const composed = (figure.layout?.xaxis?.range ?? []).map(Number);
    const close = !width || Math.abs(width / this.view.width() - 1) <= SLACK;
    return close && composed.length === 2 && same(composed, this.view.range);
  }

  /**
   * The reader went to another range. A step that stands alone waits a moment for its tile, so
   * that the page is painted once; within a gesture the old figure moves at every frame.
   */
  want(alone, move) {
    const now = performance.now();
    const pause = now - this.last > 150 && alone ? 0 : PAUSE;
    this.last = now;
    clearTimeout(this.timer);
    clearTimeout(this.mover);
    if (pause === 0 && !this.busy) {
      this.mover = setTimeout(move, PROMPT);
      this.now();
      return;
    }
    move();
    this.timer = setTimeout(() => this.now(), pause);
  }

  /** Ask for the range on screen; once more if it has changed meanwhile. */
  async now() {
    if (this.busy || !this.tiles) {
      this.again = this.busy;
      return;
    }
    this.busy = true;
    const { tiles } = this;
    const range = [...this.view.range];
    const width = this.view.width();
    try {
      const figure = await tiles.tile(range, width);
      if (tiles === this.tiles && !this.view.gone.signal.aborted) await this.take(figure, range);
    } catch (error) {
      this.excuse(error);
    }
    this.busy = false;
    if (this.again) {
      this.again = false;
      this.now();
    }
  }

  /** Draw a tile, unless the reader is far away from it by now. */
  async take(figure, range) {
    if (!same(range, this.view.range)) {
      this.again = true;
      const [start, end] = this.view.range;
      if (end < range[0] || start > range[1]) return;
    }
    clearTimeout(this.mover);
    await this.view.show(figure);
  }

  /** What is drawn stays. A server that forgot is asked through Python, one that is away later. */
  excuse(error) {
    if (this.view.gone.signal.aborted) return;
    this.view.soon();
    if (error instanceof Forgotten) return void this.view.ask();
    if (error instanceof TypeError) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.now(), RETRY);
      return;
    }
    this.view.voice.fail(error);
  }
}
