// One figure on the page: it draws what Python sends, keeps the reader's range, and reports it.
import { KEY_ZOOM, listen } from "./hands.js";
import { figureOf, sameBytes, split } from "./payload.js";
import { currentRange, groundOf, loadPlotly, react, save } from "./plot.js";
import { bases, clamp, inWords, moved, same, scaled } from "./range.js";
import { toolbar } from "./toolbar.js";

const QUIET = 120; // ms without a gesture before a viewport is reported
const PATIENCE = 2000; // ms after which even an answer to an older viewport is better than none
const KEYS = "Arrow keys pan, plus and minus zoom, Home shows the whole window.";

function element(tag, className, attributes = {}) {
  const node = document.createElement(tag);
  node.className = className;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

export class TrackView {
  constructor(parent, urls) {
    this.urls = urls;
    this.sequence = 0; // of the last viewport that was reported
    this.range = null; // what the reader sees; Python's answers never change it
    this.subject = null;
    this.waiting = null; // newest answer that is not drawn yet
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
    this.bar.append(this.place, this.status, toolbar((action) => this.press(action)));
    this.root.append(this.bar, this.error, this.box);
    parent.append(this.root);
    listen(this.root, this.box, this.gone.signal, (...gesture) => this.act(...gesture));
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.root);
  }

  /** An answer of Python; drawn when it is the newest. */
  receive(data, send) {
    this.send = send;
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
    if (header.subject !== this.subject || header.answers >= this.sequence) return false;
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
    this.undrawn = false;
    this.describe();
    this.drawn = true;
    this.completeLink();
  }

  /** The range of a new subject is Python's; of the same subject, the reader's. */
  adopt(header, isNew) {
    this.root.dataset.theme = header.theme;
    const begin = header.range ?? this.figure.layout?.xaxis?.range ?? header.limits;
    const range = isNew || !this.range ? begin.map(Number) : this.range;
    this.range = clamp(range, header.limits, header.minWidth);
    if (isNew) clearTimeout(this.quiet);
    this.subject = header.subject;
  }

  paint() {
    const place = { range: this.range, width: this.width(), subject: this.subject };
    return react(this.Plotly, this.box, this.figure, place);
  }

  act(kind, amount, anchor) {
    if (!this.drawn) return;
    const { limits, minWidth } = this.header;
    const centre = (this.range[0] + this.range[1]) / 2;
    if (kind === "from") this.go(moved(amount, anchor));
    if (kind === "pan") this.go(moved(this.range, amount));
    if (kind === "zoom") this.go(scaled(this.range, amount, anchor ?? centre, limits, minWidth));
    if (kind === "whole") this.go(limits);
  }

  press(action) {
    if (action === "zoom-in") this.act("zoom", 1 / KEY_ZOOM);
    else if (action === "zoom-out") this.act("zoom", KEY_ZOOM);
    else if (action === "whole") this.act("whole");
    else this.download(action);
  }

  /** Show `range` at the next frame and report it when the reader pauses. */
  go(range) {
    this.range = clamp(range, this.header.limits, this.header.minWidth);
    this.say(this.range);
    this.frame ??= requestAnimationFrame(() => this.move());
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.report(), QUIET);
  }

  async move() {
    this.frame = null;
    if (this.gone.signal.aborted || same(currentRange(this.box), this.range)) return;
    try {
      await this.Plotly.relayout(this.box, { "xaxis.range": [...this.range] });
    } catch (error) {
      this.fail(error);
    }
  }

  report() {
    this.sequence += 1;
    this.tell();
    const [start, end] = this.range;
    this.link();
    this.send({ start, end, subject: this.subject, sequence: this.sequence });
  }

  /** The address of the page names the range, without a new entry in the history. */
  link() {
    if (!this.header.linkParam) return;
    const address = new URL(window.location.href);
    address.searchParams.set(this.header.linkParam, bases(this.range, this.header.origin).join("-"));
    window.history.replaceState(window.history.state, "", address);
  }

  /** What the address lacks of the whole view; what it names already stays. */
  completeLink() {
    const address = new URL(window.location.href);
    const lacking = Object.entries(this.header.linkFill ?? {}).filter(
      ([name]) => !address.searchParams.has(name),
    );
    if (!lacking.length) return;
    for (const [name, values] of lacking) {
      for (const value of values) address.searchParams.append(name, value);
    }
    window.history.replaceState(window.history.state, "", address);
  }

  width() {
    return Math.floor(this.root.clientWidth);
  }

  resize() {
    const width = this.width();
    if (!this.drawn) this.next();
    else if (width && width !== this.box.layout.width) this.Plotly.relayout(this.box, { width });
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
    this.tell();
  }

  /** The interval beside the buttons, which follows every frame of a gesture. */
  say(range) {
    this.place.textContent = inWords(range, this.header.chrom, this.header.origin);
  }

  /** The same for a screen reader, once a gesture has ended. */
  tell() {
    const text = `Showing ${inWords(this.range, this.header.chrom, this.header.origin)}`;
    if (this.status.textContent !== text) this.status.textContent = text;
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
