// The layout's shapes on a canvas: rectangles, lines and paths, on paper or on the axes.

/** @import { Shape } from "../wire/types.d.ts" */
/** @import { Frame, RowPlace, Scale } from "./frame.js" */

/**
 * px of a shape's ends along x; a shape in pixels counts them from its anchor.
 * @param {Shape} shape
 * @param {Scale} px
 * @param {Frame} frame
 * @returns {Scale}
 */
function across(shape, px, frame) {
  /** @type {Scale} */
  const place = shape.xref === "x" ? px : (share) => frame.left + share * frame.width;
  if (shape.xsizemode === "pixel") {
    const from = place(shape.xanchor ?? 0);
    return (x) => from + x;
  }
  return place;
}

/**
 * @param {Shape} shape
 * @param {Map<string, RowPlace>} rows
 * @param {Frame} frame
 * @returns {Scale}
 */
function down(shape, rows, frame) {
  const { yref = "paper" } = shape;
  if (yref === "paper") return (share) => frame.top + (1 - share) * frame.height;
  const row = rows.get(yref);
  if (!row) throw new Error(`no row has the axis ${yref}`);
  return row.y;
}

/** A path whose coordinates are those of its axes. @param {Shape} shape @param {Scale} x @param {Scale} y */
function pathOf(shape, x, y) {
  const path = new Path2D();
  const perX = x(1) - x(0);
  const perY = y(1) - y(0);
  path.addPath(new Path2D(shape.path), new DOMMatrix([perX, 0, 0, perY, x(0), y(0)]));
  return path;
}

/** @param {Shape} shape @param {Scale} x @param {Scale} y */
function outline(shape, x, y) {
  if (shape.type === "path") return pathOf(shape, x, y);
  const path = new Path2D();
  const { x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = shape;
  const [left, right, from, to] = [x(x0), x(x1), y(y0), y(y1)];
  if (shape.type === "line") {
    path.moveTo(left, from);
    path.lineTo(right, to);
  } else path.rect(left, from, right - left, to - from);
  return path;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Shape} shape
 * @param {Scale} px
 * @param {Map<string, RowPlace>} rows by the name of their axis, such as y2
 * @param {Frame} frame
 */
export function drawShape(ctx, shape, px, rows, frame) {
  const path = outline(shape, across(shape, px, frame), down(shape, rows, frame));
  ctx.save();
  if (shape.xref === "x") {
    ctx.beginPath();
    ctx.rect(frame.left, 0, frame.width, frame.top + frame.height * 2);
    ctx.clip();
  }
  ctx.globalAlpha = shape.opacity ?? 1;
  if (shape.fillcolor && shape.type !== "line") {
    ctx.fillStyle = shape.fillcolor;
    ctx.fill(path, "evenodd");
  }
  const { width = 2, color, dash } = shape.line ?? {};
  if (width && color) {
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    ctx.setLineDash(dash === "dot" ? [3, 3] : []);
    ctx.stroke(path);
  }
  ctx.restore();
}
