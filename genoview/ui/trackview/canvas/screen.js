// What is on the screen: a canvas at once, and under it Plotly's figure as soon as the reader rests
// or points at it. Plotly takes a tenth of a second and more for many rows, a canvas some ms.
import { frameOf } from "./frame.js";
import { Picture } from "./picture.js";
import { clear, loadPlotly, measuredFrame, react, save } from "./plotly.js";
import { same } from "./range.js";

/** @import { Figure } from "../wire/types.d.ts" */
/** @import { AnyFigure } from "../wire/packing.js" */
/** @import { Frame } from "./frame.js" */
/** @import { Place, PlotBox, PlotlyLibrary } from "./plotly.js" */

const REST = 1_500; // ms without a new picture until Plotly draws it too
const FIRST = 250; // ms after the first picture until plotly.js is fetched: the picture comes first
const POINTED = 120; // the same where the pointer asks for values

/** @param {AnyFigure} figure @returns {Figure | null} */
function composed(figure) {
  return figure.layout.meta?.rows ? /** @type {Figure} */ (figure) : null;
}

export class Screen {
  /** @type {Frame | null} */
  frame = null;
  /** @type {AnyFigure} */
  figure = { data: [], layout: {} };
  /** @type {Place} */
  place = { range: [0, 0], width: 0, subject: null };
  /** @type {PlotlyLibrary | undefined} */
  Plotly;
  /** @type {Promise<void> | null} Plotly is drawing. */
  sealing = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} plotly.js is fetched. */
  prepared;
  due = Number.POSITIVE_INFINITY;
  removed = false;

  /**
   * @param {PlotBox} box
   * @param {string} plotlyUrl
   * @param {(error: unknown) => void} fail is called with an error, or null when a figure was drawn
   */
  constructor(box, plotlyUrl, fail) {
    this.box = box;
    this.plotlyUrl = plotlyUrl;
    this.fail = fail;
    this.picture = new Picture();
  }

  /** Whether Plotly has drawn what the reader sees. */
  get sealed() {
    return this.frame !== null && !this.picture.shown;
  }

  /**
   * Whether this very figure is on screen at this place.
   * @param {AnyFigure} figure
   * @param {Place} place
   */
  shows(figure, { range, width }) {
    const { place } = this;
    return this.figure === figure && place.width === width && same(place.range, range);
  }

  /**
   * Resolves when the figure is seen at `place`.
   * @param {AnyFigure} figure
   * @param {Place} place
   */
  async show(figure, place) {
    const ground = getComputedStyle(this.box.parentElement ?? this.box).backgroundColor;
    if (this.sealed) this.Plotly?.Fx.unhover(this.box);
    this.figure = figure;
    this.place = place;
    const known = composed(figure);
    if (known && this.picture.show(known, place, ground)) {
      this.frame = frameOf(known.layout, place.width, place.range);
      this.box.style.height = `${known.layout.height}px`;
      this.fail(null);
      this.announce("picture");
      this.prepared ??= setTimeout(() => loadPlotly(this.plotlyUrl).catch(() => {}), FIRST);
      this.later(REST);
    } else await this.seal(); // a figure that panels/ did not compose
  }

  /** @param {number} ms */
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

  /** @returns {Promise<void>} */
  async plot() {
    const { figure, place } = this;
    try {
      this.Plotly = await loadPlotly(this.plotlyUrl);
      if (this.removed) return;
      await react(this.Plotly, this.box, figure, place);
      this.plotted = true;
      if (!this.picture.shown) this.frame = this.frameOfPlot(figure, place);
      this.fail(null);
    } catch (error) {
      if (this.Plotly) clear(this.box);
      if (!this.picture.shown) this.frame = null;
      this.fail(error);
      return;
    }
    if (this.removed) return;
    if (!this.shows(figure, place)) {
      if (!this.picture.shown) await this.plot();
      else if (this.due === Number.POSITIVE_INFINITY) this.later(REST);
      return;
    }
    this.picture.hide();
    this.announce("plot");
  }

  /** @param {AnyFigure} figure @param {Place} place */
  frameOfPlot(figure, { range, width }) {
    const known = composed(figure);
    return known ? frameOf(known.layout, width, range) : measuredFrame(this.box, range);
  }

  /**
   * For those who wait for a picture: `tv:picture` or `tv:plot`, with what it shows.
   * @param {"picture" | "plot"} kind
   */
  announce(kind) {
    const detail = { meta: this.figure.layout.meta ?? {}, range: [...this.place.range] };
    this.box.dispatchEvent(new CustomEvent(`tv:${kind}`, { detail }));
  }

  /** @param {"png" | "svg"} format @param {string} fileStem @param {string} ground */
  async save(format, fileStem, ground) {
    while (!this.sealed) await this.seal();
    if (this.Plotly) await save(this.Plotly, this.box, format, fileStem, ground);
  }

  remove() {
    this.removed = true;
    clearTimeout(this.timer);
    clearTimeout(this.prepared);
    if (this.plotted) this.Plotly?.purge(this.box);
  }
}
