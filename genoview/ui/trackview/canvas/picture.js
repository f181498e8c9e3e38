// A composed figure on a canvas: what the eye gets at every frame of a gesture and with every
// tile, until Plotly has drawn the same figure. It reads the same data and layout, and knows just
// what panels/ composes: anything else is an error, and Plotly draws alone.
import { grid, xNumbers, yNumbers } from "./axes.js";
import { axisOf, frameOf, rowsOf, xScale } from "./frame.js";
import { heat } from "./heatmap.js";
import { bars, letters, markers } from "./markers.js";
import { groundOf } from "./plotly.js";
import { drawShape } from "./shapes.js";
import { fillBetween, fillOwn, stroke } from "./strokes.js";
import { annotate } from "./text.js";

/** @import { Figure, Font, Range, Trace } from "../wire/types.d.ts" */
/** @import { Frame, RowPlace, Scale } from "./frame.js" */

/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {{ px: Scale, row: RowPlace, frame: Frame, font: Font }} RowGeometry */

/** @type {Trace["type"][]} Plotly's order within a row. */
const LAYERS = ["heatmap", "bar", "scatter"];

/** @param {Context} ctx @param {Trace} trace @param {Trace | undefined} next @param {RowGeometry} at */
function drawTrace(ctx, trace, next, { px, row, frame, font }) {
  if (trace.type === "heatmap") return heat(ctx, trace, px, row, frame);
  if (trace.type === "bar") return bars(ctx, trace, px, row);
  const { mode } = trace;
  if (trace.fill && trace.fill !== "tonexty") fillOwn(ctx, trace, px, row);
  if (next?.type === "scatter" && next.fill === "tonexty") fillBetween(ctx, trace, next, px, row);
  if (mode.includes("lines")) stroke(ctx, trace, px, row);
  if (mode.includes("markers")) markers(ctx, trace, px, row);
  if (mode.includes("text")) letters(ctx, trace, px, row, frame, font);
  return undefined;
}

/** @param {Context} ctx @param {Trace[]} traces @param {RowGeometry} at */
function drawRow(ctx, traces, at) {
  const { row, frame } = at;
  ctx.save();
  ctx.beginPath();
  ctx.rect(frame.left, row.top, frame.width, row.height);
  ctx.clip();
  for (const type of LAYERS) {
    const layer = traces.filter((trace) => trace.type === type);
    for (const [i, trace] of layer.entries()) drawTrace(ctx, trace, layer[i + 1], at);
  }
  ctx.restore();
}

/**
 * The whole figure at its place.
 * @param {Context} ctx
 * @param {Figure} figure
 * @param {Frame} frame
 * @param {string} ground where the figure has no paper of its own
 */
export function paint(ctx, { data, layout }, frame, ground) {
  const px = xScale(frame);
  const rows = rowsOf(layout, frame);
  const { font, xaxis, xaxis2, shapes = [], annotations = [] } = layout;
  ctx.fillStyle = groundOf(layout) ?? ground;
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  for (const shape of shapes) {
    if (shape.layer === "below") drawShape(ctx, shape, px, rows, frame);
  }
  grid(ctx, xaxis, frame, px, [...rows.values()]);
  for (const [name, row] of rows) {
    yNumbers(ctx, axisOf(layout, name), row, frame, font);
    const own = data.filter((trace) => trace.yaxis === name && trace.xaxis === "x");
    drawRow(ctx, own, { px, row, frame, font });
  }
  xNumbers(ctx, xaxis, frame, px, frame.top, font);
  if (xaxis2) xNumbers(ctx, xaxis2, frame, px, frame.top + frame.height, font);
  for (const shape of shapes) {
    if (shape.layer !== "below") drawShape(ctx, shape, px, rows, frame);
  }
  /** @type {Scale} */
  const onPaper = (share) => frame.left + share * frame.width;
  /** @type {Scale} */
  const paperY = (share) => frame.top + (1 - share) * frame.height;
  for (const words of annotations) {
    const y = words.yref === "paper" ? paperY : rowAt(rows, words.yref).y;
    if (words.xref !== "x") annotate(ctx, words, onPaper, y, font);
    else if (frame.range[0] <= words.x && words.x <= frame.range[1]) {
      annotate(ctx, words, px, y, font);
    }
  }
}

/** @param {Map<string, RowPlace>} rows @param {string} name */
function rowAt(rows, name) {
  const row = rows.get(name);
  if (!row) throw new Error(`no row has the axis ${name}`);
  return row;
}

export class Picture {
  constructor() {
    this.node = document.createElement("canvas");
    this.node.className = "tv-picture";
    this.node.setAttribute("aria-hidden", "true");
    this.node.hidden = true;
    this.ctx = /** @type {Context} */ (this.node.getContext("2d", { alpha: false }));
  }

  get shown() {
    return !this.node.hidden;
  }

  /**
   * @param {Figure} figure
   * @param {{ width: number, range: Range }} place
   * @param {string} ground
   * @returns {boolean} false where Plotly alone can draw this figure
   */
  show(figure, { width, range }, ground) {
    const { layout } = figure;
    const ratio = window.devicePixelRatio || 1;
    const size = [Math.round(width * ratio), Math.round(layout.height * ratio)];
    if (this.node.width !== size[0]) this.node.width = size[0];
    if (this.node.height !== size[1]) this.node.height = size[1];
    this.node.style.width = `${width}px`;
    this.node.style.height = `${layout.height}px`;
    this.ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    try {
      paint(this.ctx, figure, frameOf(layout, width, range), ground);
    } catch (error) {
      console.warn("track view: this figure is drawn by Plotly alone:", error);
      this.hide();
      return false;
    }
    this.node.hidden = false;
    return true;
  }

  hide() {
    this.node.hidden = true;
  }
}
