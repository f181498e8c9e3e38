// Markers, letters and bars on a canvas.
import { pointsOf } from "./strokes.js";
import { linesOf, write } from "./text.js";

/** @import { BarTrace, Font, Numbers, ScatterTrace, Words } from "../wire/types.d.ts" */
/** @import { Frame, RowPlace, Scale } from "./frame.js" */
/** @typedef {CanvasRenderingContext2D} Context */

/** The item of a list, or the one value for all. @param {any} value @param {number} i */
const itemOf = (value, i) =>
  Array.isArray(value) || ArrayBuffer.isView(value) ? /** @type {any} */ (value)[i] : value;
/** @param {number | Numbers | undefined} value @param {number} i @returns {number | undefined} */
const numberOf = (value, i) => itemOf(value, i) ?? undefined;
/** @param {number | Numbers | undefined} value @param {number} i */
const sizeOf = (value, i) => numberOf(value, i) ?? 0;
/** @param {Words | undefined} value @param {number} i @returns {string} */
const wordOf = (value, i) => itemOf(value, i) ?? "";

/** @type {Record<string, "start" | "middle" | "end">} */
const ANCHORS = { left: "end", center: "middle", right: "start" };
const UP = /** @type {Record<string, number>} */ ({ top: -1, middle: 0, bottom: 1 });
const ASIDE = /** @type {Record<string, number>} */ ({ left: -1, center: 0, right: 1 });

/**
 * Corners of a triangle of this size, as Plotly draws it: [x, y] from its middle.
 * @param {string} symbol
 * @param {number} size
 */
function corners(symbol, size) {
  const r = size / 2;
  const tip = (2 * r) / Math.sqrt(3);
  if (symbol.startsWith("triangle-right"))
    return [
      [-r / 2, tip],
      [-r / 2, -tip],
      [r, 0],
    ];
  if (symbol.startsWith("triangle-left"))
    return [
      [r / 2, tip],
      [r / 2, -tip],
      [-r, 0],
    ];
  throw new Error(`no marker is known by the name ${symbol}`);
}

/** @param {Context} ctx @param {ScatterTrace} trace @param {Scale} px @param {RowPlace} row */
export function markers(ctx, { marker, ...trace }, px, row) {
  const { xs, ys } = pointsOf(trace);
  if (!marker) throw new Error("markers without a look");
  for (let i = 0; i < ys.length; i += 1) {
    const symbol = wordOf(marker.symbol, i);
    const points = corners(symbol, sizeOf(marker.size, i));
    ctx.globalAlpha = numberOf(marker.opacity, i) ?? 1;
    ctx.beginPath();
    for (const [dx, dy] of points) ctx.lineTo(px(Number(xs[i])) + dx, row.y(Number(ys[i])) + dy);
    ctx.closePath();
    const open = symbol.endsWith("-open");
    const width = sizeOf(marker.line?.width, i) || (open ? 1 : 0);
    ctx.fillStyle = wordOf(marker.color, i);
    ctx.strokeStyle = wordOf(open ? marker.color : marker.line?.color, i);
    ctx.lineWidth = width || 1; // a canvas takes no width of zero
    if (!open) ctx.fill();
    if (width) ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

/**
 * Each text beside its point; what lies off the screen is left out.
 * @param {Context} ctx
 * @param {ScatterTrace} trace
 * @param {Scale} px
 * @param {RowPlace} row
 * @param {Frame} frame
 * @param {Font} font
 */
export function letters(ctx, trace, px, row, frame, font) {
  const { xs, ys } = pointsOf(trace);
  const beside = trace.mode.includes("markers");
  const radius = (/** @type {number} */ i) =>
    beside ? sizeOf(trace.marker?.size, i) / 2 / 0.8 + 1 : 0;
  for (let i = 0; i < ys.length; i += 1) {
    const text = wordOf(trace.text, i);
    const x = px(Number(xs[i]));
    if (!text || x < frame.left - frame.width || x > frame.left + 2 * frame.width) continue;
    const { size, color, ...rest } = { ...font, ...trace.textfont };
    const own = { ...rest, size: sizeOf(size, i), color: wordOf(color, i) };
    const [vertical, side] = (wordOf(trace.textposition, i) || "middle center").split(" ");
    const up = UP[vertical];
    const aside = ASIDE[side] * radius(i);
    const baseline =
      row.y(Number(ys[i])) + 0.75 * own.size + up * radius(i) + ((up - 1) * own.size) / 2;
    write(ctx, linesOf(String(text)), x + aside, baseline, own, ANCHORS[side]);
  }
}

/** An edge on a whole pixel, but no bar vanishes. @param {number} edge @param {number} other */
function onPixel(edge, other) {
  if (Math.abs(edge - other) >= 2) return Math.round(edge);
  return edge > other ? Math.ceil(edge) : Math.floor(edge);
}

/**
 * Lying bars: exons, features.
 * @param {Context} ctx
 * @param {BarTrace} trace
 * @param {Scale} px
 * @param {RowPlace} row
 */
export function bars(ctx, trace, px, row) {
  for (let i = 0; i < trace.x.length; i += 1) {
    const base = numberOf(trace.base, i) ?? 0;
    const half = sizeOf(trace.width, i) / 2;
    const lane = Number(trace.y[i]);
    const [from, to] = [px(base), px(base + Number(trace.x[i]))];
    const [low, high] = [row.y(lane - half), row.y(lane + half)];
    const [left, right] = [onPixel(from, to), onPixel(to, from)];
    const [bottom, top] = [onPixel(low, high), onPixel(high, low)];
    ctx.fillStyle = wordOf(trace.marker.color, i);
    ctx.fillRect(left, top, right - left, bottom - top);
  }
}
