// Lines and fillings of scatter traces on a canvas.

/** @import { Numbers, ScatterTrace } from "../wire/types.d.ts" */
/** @import { RowPlace, Scale } from "./frame.js" */
/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {{ x: (i: number) => number, y: (i: number) => number }} PointPx px of point i. */

const DENSE = 3; // px between points, below which a filling is parts of pixels

/**
 * x and y of a trace as one pair of lists; a trace may count its x from x0 by dx.
 * @param {Pick<ScatterTrace, "x" | "x0" | "dx" | "y">} trace
 */
export function pointsOf({ x, x0 = 0, dx = 1, y }) {
  return {
    xs: x ?? Array.from(/** @type {ArrayLike<unknown>} */ (y), (_, i) => x0 + i * dx),
    ys: y,
  };
}

/** @param {number | null} value */
const isGap = (value) => value === null || Number.isNaN(value);

/**
 * [first, end) of each stretch without a gap.
 * @param {Numbers} xs
 * @param {Numbers} ys
 */
function stretches(xs, ys) {
  /** @type {[number, number][]} */
  const parts = [];
  let first = -1;
  for (let i = 0; i <= ys.length; i += 1) {
    const gap = i === ys.length || isGap(ys[i]) || isGap(xs[i]);
    if (!gap && first < 0) first = i;
    if (gap && first >= 0) {
      parts.push([first, i]);
      first = -1;
    }
  }
  return parts;
}

/**
 * Draw on to points [first, end), in px, straight or in steps that change halfway.
 * @param {Path2D} path
 * @param {PointPx} at
 * @param {number} first
 * @param {number} end
 * @param {boolean} stepped
 */
function along(path, at, first, end, stepped, backwards = false) {
  const step = backwards ? -1 : 1;
  let i = backwards ? end - 1 : first;
  let x = at.x(i);
  let y = at.y(i);
  path.lineTo(x, y);
  for (let left = end - first - 1; left > 0; left -= 1) {
    i += step;
    const nextX = at.x(i);
    const nextY = at.y(i);
    if (stepped) {
      const half = (x + nextX) / 2;
      path.lineTo(half, y);
      path.lineTo(half, nextY);
    }
    path.lineTo(nextX, nextY);
    x = nextX;
    y = nextY;
  }
}

/** @param {Path2D} path @param {PointPx} at @param {number} i */
const startAt = (path, at, i) => path.moveTo(at.x(i), at.y(i));

/** @param {ScatterTrace} trace @param {Scale} px @param {RowPlace} row */
function inPx(trace, px, row) {
  const { xs, ys } = pointsOf(trace);
  /** @type {PointPx} */
  const at = { x: (i) => px(Number(xs[i])), y: (i) => row.y(Number(ys[i])) };
  return { xs, at, parts: stretches(xs, ys), stepped: trace.line?.shape === "hvh" };
}

/**
 * From the line of `below` to that of `trace`; both have the same x.
 * @param {Context} ctx
 * @param {ScatterTrace} below
 * @param {ScatterTrace} trace
 * @param {Scale} px
 * @param {RowPlace} row
 */
export function fillBetween(ctx, below, trace, px, row) {
  const bottom = inPx(below, px, row);
  const top = inPx(trace, px, row);
  const path = new Path2D();
  top.parts.forEach(([first, end], n) => {
    const [from, to] = bottom.parts[n] ?? [first, end];
    startAt(path, top.at, first);
    along(path, top.at, first, end, top.stepped);
    along(path, bottom.at, from, to, bottom.stepped, true);
    path.closePath();
  });
  ctx.fillStyle = trace.fillcolor ?? "";
  ctx.fill(path);
}

/**
 * The same as an outline would fill, in whole pixels: an outline of so many edges is slow.
 * @param {Context} ctx
 * @param {PointPx} at
 * @param {[number, number]} part
 * @param {number} ground
 */
function fillColumns(ctx, at, [first, end], ground) {
  let left = Math.round(at.x(first));
  let sum = 0;
  let count = 0;
  for (let i = first; i < end; i += 1) {
    sum += at.y(i);
    count += 1;
    const right = Math.round(at.x(i));
    if (right <= left && i + 1 < end) continue;
    ctx.fillRect(left, ground, Math.max(right - left, 1), sum / count - ground);
    left = right;
    sum = at.y(i); // the next column begins where this one ends
    count = 1;
  }
}

/** @param {ReturnType<typeof inPx>} drawn */
const isDense = ({ xs, at, parts }) =>
  parts.length > 0 && Math.abs(at.x(xs.length - 1) - at.x(0)) < DENSE * xs.length;

/**
 * Down to zero, or within a closed outline.
 * @param {Context} ctx
 * @param {ScatterTrace} trace
 * @param {Scale} px
 * @param {RowPlace} row
 */
export function fillOwn(ctx, trace, px, row) {
  const drawn = inPx(trace, px, row);
  const { at, parts, stepped } = drawn;
  ctx.fillStyle = trace.fillcolor ?? "";
  if (trace.fill === "tozeroy" && isDense(drawn)) {
    for (const part of parts) fillColumns(ctx, at, part, row.ground);
    return;
  }
  const path = new Path2D();
  for (const [first, end] of parts) {
    startAt(path, at, first);
    along(path, at, first, end, stepped);
    if (trace.fill === "tozeroy") {
      path.lineTo(at.x(end - 1), row.ground);
      path.lineTo(at.x(first), row.ground);
    }
    path.closePath();
  }
  ctx.fill(path);
}

/** @param {Context} ctx @param {ScatterTrace} trace @param {Scale} px @param {RowPlace} row */
export function stroke(ctx, trace, px, row) {
  const { color, width = 2, dash } = trace.line ?? {};
  if (!width) return;
  const { at, parts, stepped } = inPx(trace, px, row);
  ctx.strokeStyle = color ?? "";
  ctx.lineWidth = width;
  ctx.setLineDash(dash && dash !== "solid" ? dash.split(",").map(Number.parseFloat) : []);
  ctx.lineJoin = "miter";
  ctx.miterLimit = 2;
  for (const [first, end] of parts) {
    const path = new Path2D(); // each by itself: see-through lines that cross add up
    startAt(path, at, first);
    along(path, at, first, end, stepped);
    ctx.stroke(path);
  }
  ctx.setLineDash([]);
}
