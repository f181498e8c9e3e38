// A composed figure on a canvas: what the eye gets at every frame of a gesture and with every
// tile, until Plotly has drawn the same figure. It reads the same data and layout, and knows just
// what panels/ composes: anything else is an error, and Plotly draws alone.
import { element } from "../overlay/dom.js";
import { grid, xNumbers, yNumbers } from "./axes.js";
import { axisName, frameOf, rowOf, xScale } from "./frame.js";
import { heat } from "./heatmap.js";
import { bars, letters, marks } from "./markers.js";
import { groundOf } from "./plotly.js";
import { shape } from "./shapes.js";
import { fillBetween, fillOwn, stroke } from "./strokes.js";
import { note } from "./text.js";

const LAYERS = { heatmap: 0, bar: 1, scatter: 2 }; // Plotly's order within a row

/** Where each row lies, by the name that traces call its axis. */
export function rowsOf(layout, frame) {
  const names = new Set((layout.meta?.rows ?? []).map(({ yaxis }) => yaxis));
  return new Map([...names].map((name) => [name, rowOf(layout[axisName(name)], frame)]));
}

function traceOn(ctx, trace, next, { px, row, frame, font }) {
  if (trace.type === "heatmap") return heat(ctx, trace, px, row, frame);
  if (trace.type === "bar") return bars(ctx, trace, px, row);
  const { mode } = trace;
  if (trace.fill && trace.fill !== "tonexty") fillOwn(ctx, trace, px, row);
  if (next?.fill === "tonexty") fillBetween(ctx, trace, next, px, row);
  if (mode.includes("lines")) stroke(ctx, trace, px, row);
  if (mode.includes("markers")) marks(ctx, trace, px, row);
  if (mode.includes("text")) letters(ctx, trace, px, row, frame, font);
  return undefined;
}

function rowOn(ctx, traces, at) {
  const { row, frame } = at;
  ctx.save();
  ctx.beginPath();
  ctx.rect(frame.left, row.top, frame.width, row.height);
  ctx.clip();
  for (const type of Object.keys(LAYERS)) {
    const layer = traces.filter((trace) => trace.type === type);
    for (const [i, trace] of layer.entries()) traceOn(ctx, trace, layer[i + 1], at);
  }
  ctx.restore();
}

/** The whole figure at its place; `ground` where it has no paper of its own. */
export function paint(ctx, { data, layout }, frame, ground) {
  const px = xScale(frame);
  const rows = rowsOf(layout, frame);
  const { font, xaxis, xaxis2, shapes = [], annotations = [] } = layout;
  ctx.fillStyle = groundOf(layout) ?? ground;
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  for (const one of shapes) if (one.layer === "below") shape(ctx, one, px, rows, frame);
  grid(ctx, xaxis, frame, px, [...rows.values()]);
  for (const [name, row] of rows) {
    yNumbers(ctx, layout[axisName(name)], row, frame, font);
    const own = data.filter((trace) => trace.yaxis === name && trace.xaxis === "x");
    rowOn(ctx, own, { px, row, frame, font });
  }
  xNumbers(ctx, xaxis, frame, px, frame.top, font);
  if (xaxis2) xNumbers(ctx, xaxis2, frame, px, frame.top + frame.height, font);
  for (const one of shapes) if (one.layer !== "below") shape(ctx, one, px, rows, frame);
  const onPaper = (share) => frame.left + share * frame.width;
  const paperY = (share) => frame.top + (1 - share) * frame.height;
  for (const one of annotations) {
    const y = one.yref === "paper" ? paperY : rows.get(one.yref).y;
    if (one.xref !== "x") note(ctx, one, onPaper, y, font);
    else if (frame.range[0] <= one.x && one.x <= frame.range[1]) note(ctx, one, px, y, font);
  }
}

export class Picture {
  constructor() {
    this.node = element("canvas", "tv-picture", { "aria-hidden": "true" });
    this.node.hidden = true;
    this.ctx = this.node.getContext("2d", { alpha: false });
  }

  get shown() {
    return !this.node.hidden;
  }

  /** @returns false where Plotly alone can draw this figure. */
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
