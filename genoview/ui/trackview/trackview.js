// One figure on the page: it draws what Python sends, keeps the reader's range, and reports it.
import { element } from "./dom.js";
import { Finder } from "./finder.js";
import { KEY_ZOOM, listen } from "./hands.js";
import { helpDialog } from "./help.js";
import { Layer } from "./layer.js";
import { complete, nameRange } from "./link.js";
import { Past } from "./past.js";
import { figureOf, sameBytes, split } from "./payload.js";
import { currentRange, groundOf, loadPlotly, react, save } from "./plot.js";
import { bases, clamp, inWords, moved, over, same, scaled, stopBeside } from "./range.js";
import { Refiner } from "./refine.js";
import { Rows } from "./rows.js";
import { Toolbar } from "./toolbar.js";

const QUIET = 120; // ms without a gesture before a viewport is reported
const QUIET_WITH_TILES = 600; // the same where the figure does not wait for it
const PATIENCE = 2000; // ms after which even an answer to an older viewport is better than none
const KEYS =
  "Arrow keys pan, plus and minus zoom, F and B go to the next and the previous gene, " +
  "Home shows the whole window, question mark lists all keys.";

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
    this.place = element("p", "tv-place");
    this.status = element("p", "tv-status", { role: "status", "aria-live": "polite" });
    this.error = element("p", "tv-error", { role: "alert" });
    this.error.hidden = true;
    this.box = element("div", "tv-figure", { role: "figure", tabindex: "0" });
    this.bar = element("div", "tv-bar");
    this.tools = new Toolbar(
      (action) => this.press(action),
      (bp) => this.widen(bp),
    );
    this.bar.append(this.place, this.status, this.tools.node);
    this.help = helpDialog();
    this.layer = new Layer(this.box);
    this.rows = new Rows((act) => this.tell(act), this.gone.signal);
    this.finder = new Finder(this);
    this.refiner = new Refiner(this);
    this.stage = element("div", "tv-stage", {}, this.box, this.layer.node, this.rows.node);
    this.stage.append(this.rows.menu, this.finder.edges, this.finder.panel.node);
    this.root.append(this.bar, this.error, this.stage, this.help);
    parent.append(this.root);
    listen(this.root, this.box, this.gone.signal, (...gesture) => this.act(...gesture));
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
      this.fail(error);
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
      this.fail(null);
    } catch (error) {
      this.fail(error);
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
    const plotly = loadPlotly(this.urls.plotly);
    if (!sameBytes(this.body, body)) {
      this.figure = await figureOf(body);
      this.body = body;
      this.undrawn = true;
    }
    this.Plotly = await plotly;
    if (this.gone.signal.aborted) return;
    const isNew = header.subject !== this.subject;
    this.adopt(header, isNew);
    const stands = !isNew && !this.undrawn && same(currentRange(this.box), this.range);
    if (!stands) await this.paint();
    this.drawn = true;
    this.describe();
    complete(header.linkFill);
    // Python composes for a usual width and for the view of its last run; this page may differ.
    if (this.undrawn && !this.refiner.fits(this.figure)) this.refiner.now();
    this.undrawn = false;
  }

  /** The range of a new subject is Python's; of the same subject, the reader's. */
  adopt(header, isNew) {
    this.root.dataset.theme = header.theme;
    const begin = header.range ?? this.figure.layout?.xaxis?.range ?? header.limits;
    const range = isNew || !this.range ? begin.map(Number) : this.range;
    this.range = clamp(range, header.limits, header.minWidth);
    if (isNew) this.begin();
    this.subject = header.subject;
    this.refiner.use(header.tiles);
  }

  /** A new subject: nothing of the last one is left. */
  begin() {
    clearTimeout(this.quiet);
    this.past = new Past();
    this.past.rest(this.range);
    this.finder.forget();
  }

  async paint() {
    const place = { range: this.range, width: this.width(), subject: this.subject };
    await react(this.Plotly, this.box, this.figure, place);
    this.follow();
  }

  /** A figure of this subject with the detail of the range on screen. */
  async show(figure) {
    this.figure = figure;
    try {
      await this.paint();
      this.fail(null);
    } catch (error) {
      this.fail(error);
    }
  }

  /** What lies over the figure, after it was drawn or moved. */
  follow() {
    this.layer.follow();
    this.finder.follow();
    const { t: top, l: left, w: width } = this.box._fullLayout._size;
    const rows = this.header.acts ? (this.figure.layout?.meta?.rows ?? []) : [];
    this.rows.show(rows, { top, left, width: left + width });
  }

  act(kind, ...rest) {
    if (kind === "help") return this.help.open ? this.help.close() : this.help.showModal();
    if (kind === "search")
      return document.querySelector('[data-testid="stMain"] input[type=text]')?.focus();
    if (!this.drawn) return undefined;
    const { limits, minWidth } = this.header;
    const centre = (this.range[0] + this.range[1]) / 2;
    const kinds = {
      from: (range, share) => this.go(moved(range, share)),
      scale: (range, factor, x) => this.go(scaled(range, factor, x, limits, minWidth)),
      pan: (share) => this.go(moved(this.range, share), true),
      zoom: (factor, x) => this.go(scaled(this.range, factor, x ?? centre, limits, minWidth), true),
      whole: () => this.go(limits, true),
      stop: (step) => this.jump(step),
      undo: () => this.travel(-1),
      redo: () => this.travel(1),
      band: (band, left, right) => this.layer.mark("band", band ? left : undefined, right),
      banded: (band, left, right) => this.finder.banded(band, left, right),
      click: (x, clientY) => this.finder.click(x, clientY),
      escape: () => this.escape(),
    };
    return kinds[kind]?.(...rest);
  }

  /** Close what is open, the topmost first. */
  escape() {
    if (this.help.open) this.help.close();
    else if (!this.rows.menu.hidden) this.rows.closeMenu();
    else this.finder.escape();
  }

  press(action) {
    if (action === "zoom-in") this.act("zoom", 1 / KEY_ZOOM);
    else if (action === "zoom-out") this.act("zoom", KEY_ZOOM);
    else if (action === "png" || action === "svg") this.download(action);
    else this.act(action);
  }

  widen(bp) {
    this.act("zoom", bp / (this.range[1] - this.range[0]));
  }

  jump(step) {
    const { stops = [], limits, minWidth } = this.header;
    // One at the edge cannot be centred: it must not hold the reader up.
    const leads = (stop) => !same(clamp(over(this.range, stop), limits, minWidth), this.range);
    const stop = stopBeside(stops.filter(leads), this.range, step);
    if (!stop) return;
    this.go(over(this.range, stop), true);
    this.status.textContent = `${stop[2]}, ${inWords(this.range, this.header.chrom, this.header.origin)}`;
  }

  travel(step) {
    this.past.rest(this.range); // a step just made can be undone at once
    const range = this.past.step(step);
    if (range) this.go(range, true);
  }

  /** Show `range` at the next frame, and report it when the reader pauses. `alone`: one step. */
  go(range, alone = false) {
    const { limits, minWidth, tiles } = this.header;
    this.finder.pushed(range, limits);
    this.range = clamp(range, limits, minWidth);
    this.say(this.range);
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
    if (this.gone.signal.aborted || same(currentRange(this.box), this.range)) return;
    try {
      await this.Plotly.relayout(this.box, { "xaxis.range": [...this.range] });
      this.follow();
    } catch (error) {
      this.fail(error);
    }
  }

  report() {
    this.sequence += 1;
    this.past.rest(this.range);
    this.announce();
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
    else if (width && width !== this.box.layout.width) {
      this.Plotly.relayout(this.box, { width }).then(() => this.follow());
      if (this.header.tiles) this.refiner.want(false, () => {});
    }
  }

  async download(format) {
    if (!this.drawn) return;
    const ground = getComputedStyle(this.root).backgroundColor;
    try {
      await save(this.Plotly, this.box, format, this.header.fileStem, ground);
    } catch (error) {
      this.fail(error);
    }
  }

  /** What the figure shows, in words; the frame takes the figure's ground. */
  describe() {
    this.root.style.backgroundColor = groundOf(this.box) ?? "";
    const rows = this.header.summary ? ` Rows: ${this.header.summary}.` : "";
    this.box.setAttribute("aria-label", `Genome tracks.${rows} ${KEYS}`);
    this.say(this.range);
    this.announce();
  }

  /** The interval beside the buttons, which follows every frame of a gesture. */
  say(range) {
    const { chrom, origin, limits } = this.header;
    this.place.textContent = inWords(range, chrom, origin);
    this.tools.show({
      undo: this.past.can(-1),
      redo: this.past.can(1),
      bp: range[1] - range[0],
      whole: limits[1] - limits[0],
    });
  }

  /** The same for a screen reader, once a gesture has ended. */
  announce() {
    const text = `Showing ${inWords(this.range, this.header.chrom, this.header.origin)}`;
    if (this.status.textContent !== text) this.status.textContent = text;
    this.say(this.range);
  }

  /** One sentence in place; what was drawn before stays. `null` takes it away. */
  fail(error) {
    this.error.hidden = !error;
    if (!error) return;
    console.warn("track view:", error);
    this.error.textContent =
      `The tracks could not be drawn (${error.message ?? error}); reload the page, ` +
      "and if it stays so, choose fewer tracks or a narrower locus.";
  }

  remove() {
    this.gone.abort();
    this.observer.disconnect();
    clearTimeout(this.quiet);
    clearTimeout(this.patience);
    if (this.drawn) this.Plotly.purge(this.box);
    this.root.remove();
  }
}
