// One figure on the page: it draws what Python sends, keeps the reader's range, and reports it.

import { bases, clamp, same } from "../canvas/range.js";
import { Screen } from "../canvas/screen.js";
import { Deeds } from "../input/actions.js";
import { listen } from "../input/gestures.js";
import { Finder } from "../input/inspector.js";
import { Voice } from "../overlay/announcements.js";
import { element } from "../overlay/dom.js";
import { Sticky } from "../overlay/floating_ruler.js";
import { Layer } from "../overlay/marks.js";
import { Rows } from "../overlay/row_handles.js";
import { Toolbar } from "../overlay/toolbar.js";
import { complete, nameRange } from "../wire/page_address.js";
import { figureOf, sameBytes, split } from "../wire/payload.js";
import { Past } from "./history.js";
import { Refiner } from "./refine.js";

const QUIET = 120; // ms without a gesture before a viewport is reported
const QUIET_WITH_TILES = 600; // the same where the figure does not wait for it
const PATIENCE = 2000; // ms after which even an answer to an older viewport is better than none
export class TrackView {
  constructor(parent, urls) {
    this.urls = urls;
    this.sequence = 0; // of the last viewport that was reported
    this.range = null; // what the reader sees; Python's answers never change it
    this.subject = null;
    this.waiting = null; // newest answer that is not drawn yet
    this.past = new Past();
    this.gone = new AbortController();
    this.build(parent);
  }

  build(parent) {
    this.root = element("section", "tv", { "aria-label": "Track view" });
    this.voice = new Voice(this);
    this.deeds = new Deeds(this);
    this.box = element("div", "tv-figure", { role: "figure", tabindex: "0" });
    this.bar = element("div", "tv-bar");
    this.tools = new Toolbar(
      (action) => this.deeds.press(action),
      (bp) => this.deeds.widen(bp),
    );
    this.bar.append(this.voice.place, this.voice.status, this.tools.node);
    this.screen = new Screen(this.box, this.urls.plotly, (error) => this.voice.fail(error));
    this.layer = new Layer(this.screen);
    this.sticky = new Sticky(this.screen, this.bar, this.gone.signal);
    this.rows = new Rows((act) => this.tell(act), this.gone.signal);
    this.finder = new Finder(this);
    this.refiner = new Refiner(this);
    this.stage = element("div", "tv-stage", {}, this.box, this.screen.picture.node);
    this.stage.append(
      this.layer.node,
      this.rows.node,
      this.rows.menu,
      this.finder.edges,
      this.finder.panel.node,
    );
    this.root.append(this.bar, this.voice.error, this.stage, this.deeds.help);
    parent.append(this.root);
    listen(this.root, this.screen, this.gone.signal, (...gesture) => this.deeds.act(...gesture));
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.root);
  }

  /** An answer of Python; drawn when it is the newest. */
  receive(data, send, act) {
    this.send = send;
    this.sendAct = act;
    if (data === this.data) return;
    this.data = data;
    try {
      this.waiting = split(data);
    } catch (error) {
      this.voice.fail(error);
      return;
    }
    this.sequence = Math.max(this.sequence, this.waiting.header.answers);
    this.next();
  }

  /** Draw what waits, one at a time. */
  async next() {
    if (this.drawing || !this.waiting || !this.width()) return;
    if (this.isLate(this.waiting.header)) return;
    clearTimeout(this.patience);
    const answer = this.waiting;
    this.waiting = null;
    this.drawing = true;
    try {
      await this.draw(answer);
    } catch (error) {
      this.voice.fail(error);
    }
    this.drawing = false;
    if (!this.gone.signal.aborted) this.next();
  }

  /** Answers an older viewport than the last one reported: a newer answer is on its way. */
  isLate(header) {
    const stands = header.tiles || header.answers >= this.sequence;
    if (header.subject !== this.subject || stands) return false;
    clearTimeout(this.patience);
    this.patience = setTimeout(() => {
      if (this.waiting) this.waiting.header.answers = this.sequence;
      this.next();
    }, PATIENCE);
    return true;
  }

  async draw({ header, body }) {
    this.header = header;
    if (!sameBytes(this.body, body)) {
      this.figure = await figureOf(body);
      this.body = body;
      this.undrawn = true;
    }
    if (this.gone.signal.aborted) return;
    const isNew = header.subject !== this.subject;
    this.adopt(header, isNew);
    if (isNew || this.undrawn || !this.screen.shows(this.figure, this.place())) await this.paint();
    else this.voice.fail(null);
    this.drawn = true;
    this.voice.describe();
    complete(header.linkFill);
    // Python composes for a usual width and for the view of its last run; this page may differ.
    // And at an address that was forgotten, no tile came.
    const unsure = this.undrawn || this.readdressed;
    if (unsure && !this.refiner.fits(this.figure)) this.refiner.now();
    this.undrawn = false;
  }

  /** The range of a new subject is Python's; of the same subject, the reader's. */
  adopt(header, isNew) {
    this.root.dataset.theme = header.theme;
    const begin = header.range ?? this.figure.layout?.xaxis?.range ?? header.limits;
    const range = isNew || !this.range ? begin.map(Number) : this.range;
    this.range = clamp(range, header.limits, header.minWidth);
    if (isNew) this.begin();
    this.finder.refused(header.refusal);
    this.subject = header.subject;
    this.readdressed = this.refiner.use(header.tiles);
  }

  /** A new subject: nothing of the last one is left. */
  begin() {
    clearTimeout(this.quiet);
    this.past = new Past();
    this.past.rest(this.range);
    this.finder.forget();
  }

  place() {
    return { range: [...this.range], width: this.width(), subject: this.subject };
  }

  async paint() {
    await this.screen.show(this.figure, this.place());
    this.follow();
  }

  /** A figure of this subject with the detail of the range on screen. */
  async show(figure) {
    this.figure = figure;
    await this.paint();
  }

  /** What lies over the figure, after it was drawn or moved. */
  follow() {
    this.layer.follow();
    this.sticky.follow();
    this.finder.follow();
    const { top, left, width } = this.screen.frame;
    const rows = this.header.acts ? (this.figure.layout?.meta?.rows ?? []) : [];
    this.rows.show(rows, { top, left, width: left + width });
  }

  /** Show `range` at the next frame, and report it when the reader pauses. `alone`: one step. */
  go(range, alone = false) {
    const { limits, minWidth, tiles } = this.header;
    this.finder.pushed(range, limits);
    this.range = clamp(range, limits, minWidth);
    this.voice.say();
    this.screen.hold();
    if (tiles) this.refiner.want(alone, () => this.soon());
    else this.soon();
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.report(), tiles ? QUIET_WITH_TILES : QUIET);
  }

  soon() {
    this.frame ??= requestAnimationFrame(() => this.move());
  }

  async move() {
    this.frame = null;
    if (this.gone.signal.aborted || same(this.screen.place.range, this.range)) return;
    await this.paint();
  }

  report() {
    this.sequence += 1;
    this.past.rest(this.range);
    this.voice.announce();
    nameRange(this.header.linkParam, bases(this.range, this.header.origin).join("-"));
    this.ask();
  }

  /** Tell Python what is in view; without tiles it answers with a figure. */
  ask() {
    const [start, end] = this.range;
    this.send({ start, end, subject: this.subject, sequence: this.sequence });
  }

  /** Tell Python what the reader did; the view where it is done goes first. */
  tell(act) {
    nameRange(this.header.linkParam, bases(this.range, this.header.origin).join("-"));
    this.rows.closeMenu();
    this.sendAct(act);
  }

  width() {
    return Math.floor(this.root.clientWidth);
  }

  resize() {
    const width = this.width();
    if (!this.drawn) this.next();
    else if (width && width !== this.screen.place.width) {
      this.paint();
      if (this.header.tiles) this.refiner.want(false, () => {});
    }
  }

  async download(format) {
    if (!this.drawn) return;
    const ground = getComputedStyle(this.root).backgroundColor;
    try {
      await this.screen.save(format, this.header.fileStem, ground);
    } catch (error) {
      this.voice.fail(error);
    }
  }

  remove() {
    this.gone.abort();
    this.observer.disconnect();
    clearTimeout(this.quiet);
    clearTimeout(this.patience);
    this.screen.remove();
    this.root.remove();
  }
}
