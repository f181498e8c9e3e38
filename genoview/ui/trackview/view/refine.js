// Finer data for the range on screen: one tile at a time, the newest wish first.
import { same } from "../canvas/range.js";
import { Forgotten, Tiles } from "../wire/tiles.js";

/** @import { Range } from "../wire/types.d.ts" */
/** @import { AnyFigure } from "../wire/packing.js" */
/** @import { TrackView } from "./track_view.js" */

const PAUSE = 40; // ms without a further step before a tile is asked for
const PROMPT = 60; // ms in which a tile is awaited before the old figure is moved instead
const SLACK = 0.08; // share of the page's width by which a figure may be composed for another
const RETRY = 2_000; // ms after which a server that did not answer is asked again

export class Refiner {
  /** @type {Tiles | null} */
  tiles = null;
  last = 0; // ms, when the reader last moved
  busy = false;
  again = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;

  /** @param {TrackView} view */
  constructor(view) {
    this.view = view;
  }

  /**
   * Ask at this address from now on; a new one knows nothing of the old.
   * @param {string} address
   * @returns whether it is new
   */
  use(address) {
    if ((this.tiles?.address ?? "") === address) return false;
    this.tiles = address ? new Tiles(address, this.view.removed.signal) : null;
    return true;
  }

  /** Whether a figure was composed for what is on screen. @param {AnyFigure} figure */
  fits(figure) {
    if (!this.tiles) return true;
    const width = figure.layout.meta?.width_px;
    const [start, end] = (figure.layout.xaxis?.range ?? []).map(Number);
    const close = !width || Math.abs(width / this.view.width() - 1) <= SLACK;
    return close && end !== undefined && same([start, end], this.view.range);
  }

  /**
   * The reader went to another range. A step that stands alone waits a moment for its tile, so
   * that the page is painted once; within a gesture the old figure moves at every frame.
   * @param {boolean} alone
   * @param {() => void} move
   */
  request(alone, move) {
    const now = performance.now();
    const pause = now - this.last > 150 && alone ? 0 : PAUSE;
    this.last = now;
    clearTimeout(this.timer);
    clearTimeout(this.mover);
    if (pause === 0 && !this.busy) {
      this.mover = setTimeout(move, PROMPT);
      this.fetch();
      return;
    }
    move();
    this.timer = setTimeout(() => this.fetch(), pause);
  }

  /** Ask for the range on screen; once more if it has changed meanwhile. */
  async fetch() {
    if (this.busy || !this.tiles) {
      this.again = this.busy;
      return;
    }
    this.busy = true;
    const { tiles } = this;
    /** @type {Range} */
    const range = [...this.view.range];
    const width = this.view.width();
    try {
      const figure = await tiles.tile(range, width);
      if (tiles === this.tiles && !this.view.removed.signal.aborted) await this.draw(figure, range);
    } catch (error) {
      this.recover(error);
    }
    this.busy = false;
    if (this.again) {
      this.again = false;
      this.fetch();
    }
  }

  /** Draw a tile, unless the reader is far away from it by now. @param {AnyFigure} figure @param {Range} range */
  async draw(figure, range) {
    if (!same(range, this.view.range)) {
      this.again = true;
      const [start, end] = this.view.range;
      if (end < range[0] || start > range[1]) return;
    }
    clearTimeout(this.mover);
    await this.view.show(figure);
  }

  /**
   * What is drawn stays. A server that forgot is asked through Python, a server that is away later.
   * @param {unknown} error
   */
  recover(error) {
    if (this.view.removed.signal.aborted) return;
    this.view.paintSoon();
    if (error instanceof Forgotten) return this.view.python.sendViewport();
    if (error instanceof TypeError) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.fetch(), RETRY);
      return;
    }
    this.view.announcements.fail(error);
  }
}
