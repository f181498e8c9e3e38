// One figure on the page: it draws what Python sends, keeps the reader's range, and reports it.
import { clamp, same } from "../canvas/range.js";
import { Screen } from "../canvas/screen.js";
import { Actions } from "../input/actions.js";
import { listen } from "../input/gestures.js";
import { Inspector } from "../input/inspector.js";
import { Announcements } from "../overlay/announcements.js";
import { element } from "../overlay/dom.js";
import { EdgeOffers } from "../overlay/edge_offers.js";
import { FloatingRuler } from "../overlay/floating_ruler.js";
import { Marks } from "../overlay/marks.js";
import { RowHandles } from "../overlay/row_handles.js";
import { Toolbar } from "../overlay/toolbar.js";
import { addMissing } from "../wire/page_address.js";
import { figureOf, sameBytes } from "../wire/payload.js";
import { Beginning } from "./beginning.js";
import { RangeHistory } from "./history.js";
import { PythonExchange } from "./python_exchange.js";
import { Refiner } from "./refine.js";

/** @import { Act, Header, Range } from "../wire/types.d.ts" */
/** @import { AnyFigure } from "../wire/packing.js" */
/** @import { Place } from "../canvas/plotly.js" */
/** @import { Answer } from "./python_exchange.js" */
/** @typedef {{ assets: string, plotly: string }} Urls */
/** @typedef {ReturnType<typeof setTimeout>} Timer */

const QUIET = 120; // ms without a gesture before a viewport is reported
const QUIET_WITH_TILES = 600; // the same where the figure does not wait for it

export class TrackView {
  /** @type {Range} what the reader sees; Python's answers never change it */
  range = [0, 0];
  /** @type {string | null} */
  subject = null;
  beginning = new Beginning();
  drawn = false;
  undrawn = false; // a figure has arrived that was not drawn yet
  moved = false; // the tiles have a new address
  history = new RangeHistory();
  removed = new AbortController();
  /** @type {AnyFigure} */
  figure = { data: [], layout: {} };
  /** @type {Uint8Array | undefined} the figure's bytes */
  body;
  /** @type {number | null} */
  frameRequest = null;
  /** @type {Timer | undefined} */
  quiet;

  /** @param {HTMLElement} parent @param {Urls} urls */
  constructor(parent, urls) {
    const { signal } = this.removed;
    /** @type {Header} of the newest answer that was drawn; nothing reads it before */
    this.header = /** @type {any} */ (undefined);
    this.root = element("section", "tv", { "aria-label": "Track view" });
    this.box = element("div", "tv-figure", { role: "figure", tabindex: "0" });
    this.bar = element("div", "tv-bar");
    this.python = new PythonExchange(this);
    this.announcements = new Announcements(this);
    this.actions = new Actions(this);
    this.toolbar = new Toolbar(
      (button) => this.actions.press(button),
      (bp) => this.actions.setWidth(bp),
    );
    this.bar.append(this.announcements.place, this.announcements.status, this.toolbar.node);
    this.screen = new Screen(this.box, urls.plotly, (error) => this.announcements.fail(error));
    this.marks = new Marks(this.screen);
    this.ruler = new FloatingRuler(this.screen, this.bar, signal);
    this.rows = new RowHandles((act) => this.sendToPython(act), signal);
    this.inspector = new Inspector(this);
    this.edges = new EdgeOffers(this.screen, (side) => this.extend(side));
    this.refiner = new Refiner(this);
    this.append(parent);
    listen(this.root, this.screen, signal, (...gesture) => this.actions.act(...gesture));
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.root);
  }

  /** @param {HTMLElement} parent */
  append(parent) {
    const stage = element("div", "tv-stage", {}, this.box, this.screen.picture.node);
    stage.append(this.marks.node, ...this.rows.nodes, this.edges.node, this.inspector.panel.node);
    this.root.append(this.bar, this.announcements.error, stage, this.actions.help);
    parent.append(this.root);
  }

  /** @param {Answer} answer */
  async draw({ header, body }) {
    this.header = header;
    if (!sameBytes(this.body, body)) {
      this.figure = await figureOf(body);
      this.body = body;
      this.undrawn = true;
    }
    if (this.removed.signal.aborted) return;
    const isNew = header.subject !== this.subject;
    this.adopt(header, isNew);
    if (isNew || this.undrawn || !this.screen.shows(this.figure, this.place())) await this.paint();
    else this.announcements.fail(null);
    if (!this.screen.frame) return; // it could not be drawn, and the error is on the page
    this.drawn = true;
    this.announcements.describe();
    addMissing(header.linkFill);
    // Python composes for a usual width and for the view of its last run; this page may differ.
    // And at an address that was forgotten, no tile came.
    const unsure = this.undrawn || this.moved;
    if (unsure && !this.refiner.fits(this.figure)) this.refiner.fetch();
    this.undrawn = false;
  }

  /**
   * The range of a new subject is Python's; of the same subject, the reader's.
   * @param {Header} header
   * @param {boolean} isNew
   */
  adopt(header, isNew) {
    this.root.dataset.theme = header.theme;
    const drawnAt = /** @type {Range | undefined} */ (this.figure.layout.xaxis?.range);
    const isElsewhere = this.beginning.adopt(header, isNew ? null : this.range, drawnAt);
    if (isElsewhere) this.range = this.beginning.range;
    this.range = clamp(this.range, header.limits, header.minWidth);
    if (isElsewhere) this.begin();
    this.inspector.refused(header.refusal);
    this.subject = header.subject;
    this.moved = this.refiner.use(header.tiles) || isElsewhere;
  }

  /** A new subject: nothing of the last one is left. */
  begin() {
    clearTimeout(this.quiet);
    this.history = new RangeHistory();
    this.history.rest(this.range);
    this.inspector.reset();
    this.edges.reset();
  }

  /** @returns {Place} */
  place() {
    return { range: [...this.range], width: this.width(), subject: this.subject };
  }

  async paint() {
    await this.screen.show(this.figure, this.place());
    this.follow();
  }

  /** A figure of this subject with the detail of the range on screen. @param {AnyFigure} figure */
  async show(figure) {
    this.figure = figure;
    await this.paint();
  }

  /** What lies over the figure, after it was drawn or moved. */
  follow() {
    const { frame } = this.screen;
    this.marks.follow();
    this.ruler.follow();
    this.edges.follow();
    if (!frame) return;
    const { top, left, width } = frame;
    const rows = this.header.acts ? (this.figure.layout.meta?.rows ?? []) : [];
    this.rows.show(rows, { top, left, width: left + width });
    this.inspector.keepClear();
  }

  /**
   * Show `range` at the next frame, and report it when the reader pauses.
   * @param {Range} range
   * @param {boolean} alone one step, not part of a gesture
   */
  go(range, alone = false) {
    const { limits, minWidth, tiles, canExtend } = this.header;
    if (canExtend) this.edges.push(range, limits);
    this.range = clamp(range, limits, minWidth);
    this.announcements.showPlace();
    this.inspector.moveOn();
    this.screen.hold();
    if (tiles) this.refiner.request(alone, () => this.paintSoon());
    else this.paintSoon();
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.report(), tiles ? QUIET_WITH_TILES : QUIET);
  }

  paintSoon() {
    this.frameRequest ??= requestAnimationFrame(() => this.move());
  }

  async move() {
    this.frameRequest = null;
    const { aborted } = this.removed.signal;
    if (!aborted && !same(this.screen.place.range, this.range)) await this.paint();
  }

  /** The reader rests: in the history, in words, in the address, and to Python. */
  report() {
    this.history.rest(this.range);
    this.announcements.announce();
    this.python.report();
  }

  /** What the reader did. @param {Act} act */
  sendToPython(act) {
    this.rows.menu.close();
    this.python.send(act);
  }

  /** @param {"left" | "right"} side */
  extend(side) {
    this.report();
    this.sendToPython({ kind: "extend", side });
  }

  width() {
    return Math.floor(this.root.clientWidth);
  }

  resize() {
    const width = this.width();
    if (!this.drawn) this.python.next();
    else if (width && width !== this.screen.place.width) {
      this.paint();
      if (this.header.tiles) this.refiner.request(false, () => {});
    }
  }

  /** @param {"png" | "svg"} format */
  async download(format) {
    if (!this.drawn) return;
    const ground = getComputedStyle(this.root).backgroundColor;
    try {
      await this.screen.save(format, this.header.fileStem, ground);
    } catch (error) {
      this.announcements.fail(error);
    }
  }

  remove() {
    this.removed.abort();
    this.observer.disconnect();
    clearTimeout(this.quiet);
    this.python.stop();
    this.screen.remove();
    this.root.remove();
  }
}
