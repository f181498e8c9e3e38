// What is on the screen: a canvas at once, and under it Plotly's figure as soon as the reader rests
// or points at it. Plotly takes a tenth of a second and more for many rows, a canvas some ms.
import { frameOf } from "./frame.js";
import { Picture } from "./picture.js";
import { clear, loadPlotly, react, save } from "./plotly.js";
import { same } from "./range.js";

const REST = 1_500; // ms without a new picture until Plotly draws it too
const FIRST = 250; // ms after the first picture until plotly.js is fetched: the picture comes first
const POINTED = 120; // the same where the pointer asks for values

/** The same as frameOf gives, of a figure whose layout leaves the place of its rows to Plotly. */
function frameOfPlot({ _size: size, xaxis }) {
  return { left: size.l, top: size.t, width: size.w, height: size.h, range: [...xaxis.range] };
}

export class Screen {
  /** @param fail what is called with an error, or with null when a figure was drawn. */
  constructor(box, plotlyUrl, fail) {
    Object.assign(this, { box, plotlyUrl, fail, frame: null, due: Number.POSITIVE_INFINITY });
    this.picture = new Picture();
  }

  /** Whether Plotly has drawn what the reader sees. */
  get sealed() {
    return this.frame !== null && !this.picture.shown;
  }

  /** Whether this very figure is on screen at this place. */
  shows(figure, { range, width }) {
    const { place } = this;
    return this.figure === figure && place.width === width && same(place.range, range);
  }

  /** Show a figure at `place`: {range, width, subject}. Resolves when it is seen. */
  async show(figure, place) {
    const ground = getComputedStyle(this.box.parentElement).backgroundColor;
    if (this.sealed) this.Plotly?.Fx.unhover(this.box);
    Object.assign(this, { figure, place });
    if (figure.layout?.meta?.rows && this.picture.show(figure, place, ground)) {
      this.frame = frameOf(figure.layout, place.width, place.range);
      this.box.style.height = `${figure.layout.height}px`;
      this.fail(null);
      this.tell("picture");
      this.prepared ??= setTimeout(() => loadPlotly(this.plotlyUrl).catch(() => {}), FIRST);
      this.later(REST);
    } else await this.seal(); // a figure that panels/ did not compose
  }

  later(ms) {
    clearTimeout(this.timer);
    this.due = performance.now() + ms;
    this.timer = setTimeout(() => this.seal(), ms);
  }

  /** The reader goes elsewhere: Plotly's turn is after that. */
  hold() {
    if (this.picture.shown) this.later(REST);
  }

  /** The pointer moves over the figure: it wants Plotly's crosshair and values. */
  point() {
    if (this.picture.shown && this.due > performance.now() + POINTED) this.later(POINTED);
  }

  /** Plotly's turn; what changes meanwhile stays on the canvas and is drawn next. */
  async seal() {
    clearTimeout(this.timer);
    this.due = Number.POSITIVE_INFINITY;
    this.sealing ??= this.plot().finally(() => {
      this.sealing = null;
    });
    return this.sealing;
  }

  async plot() {
    const { figure, place } = this;
    try {
      this.Plotly = await loadPlotly(this.plotlyUrl);
      if (this.gone) return;
      await react(this.Plotly, this.box, figure, place);
      if (!this.picture.shown) this.frame = frameOfPlot(this.box._fullLayout);
      this.fail(null);
    } catch (error) {
      if (this.Plotly) clear(this.box);
      if (!this.picture.shown) this.frame = null;
      this.fail(error);
      return;
    }
    if (this.gone) return;
    if (!this.shows(figure, place)) {
      if (!this.picture.shown) await this.plot();
      else if (this.due === Number.POSITIVE_INFINITY) this.later(REST);
      return;
    }
    this.picture.hide();
    this.tell("plot");
  }

  /** For those who wait for a picture: `tv:picture` or `tv:plot`, with what it shows. */
  tell(kind) {
    const detail = { meta: this.figure.layout.meta ?? {}, range: [...this.place.range] };
    this.box.dispatchEvent(new CustomEvent(`tv:${kind}`, { detail }));
  }

  async save(format, fileStem, ground) {
    while (!this.sealed) await this.seal();
    await save(this.Plotly, this.box, format, fileStem, ground);
  }

  remove() {
    this.gone = true;
    clearTimeout(this.timer);
    clearTimeout(this.prepared);
    if (this.Plotly && this.box._fullLayout) this.Plotly.purge(this.box);
  }
}
