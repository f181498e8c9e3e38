// Lanes of coloured cells on a canvas.

/** @import { HeatmapTrace } from "../wire/types.d.ts" */
/** @import { Frame, RowPlace, Scale } from "./frame.js" */
/** @typedef {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} Context */
/** @typedef {[number, number, number, number]} Channels red, green, blue of 255, alpha of 1. */
/** @typedef {Omit<HeatmapTrace, "type" | "xaxis" | "yaxis">} Cells */

/** @param {string} colour @returns {Channels} */
const channels = (colour) => {
  const rgb = /^#/.test(colour)
    ? [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    : (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [rgb[0], rgb[1], rgb[2], rgb[3] ?? 1];
};

/**
 * 257 colours from the bottom of a scale to its top: one is in the middle.
 * @param {HeatmapTrace["colorscale"]} scale
 */
function palette(scale) {
  const stops = scale.map(([at, colour]) => /** @type {const} */ ([at, channels(colour)]));
  return Array.from({ length: 257 }, (_, i) => {
    const share = i / 256;
    const above = Math.max(
      stops.findIndex(([at]) => at >= share),
      1,
    );
    const [from, low] = stops[above - 1];
    const [to, high] = stops[above];
    const part = to > from ? (share - from) / (to - from) : 1;
    const mixed = low.map((value, n) => value + (high[n] - value) * part);
    return `rgba(${mixed.slice(0, 3).map(Math.round).join(",")},${mixed[3]})`;
  });
}

const FAR = 2000; // cells without gaps from which they are painted as one picture
/** @type {WeakMap<Cells, OffscreenCanvas>} */
const pictures = new WeakMap();

/** @param {number | null} value @returns {value is number} */
const isKnown = (value) => value !== null && !Number.isNaN(value);

/**
 * A pixel a cell, the first lane on top; a cell without a value is left open.
 * @param {Cells} trace
 */
function pictureOf(trace) {
  const known = pictures.get(trace);
  if (known) return known;
  const { z, zmin, zmax, colorscale } = trace;
  const colours = palette(colorscale).map(channels);
  const picture = new OffscreenCanvas(z[0].length, z.length);
  const ctx = /** @type {OffscreenCanvasRenderingContext2D} */ (picture.getContext("2d"));
  const image = ctx.createImageData(picture.width, picture.height);
  z.forEach((lane, n) => {
    for (let i = 0; i < lane.length; i += 1) {
      const value = lane[i];
      if (!isKnown(value)) continue;
      const share = Math.min(Math.max((value - zmin) / (zmax - zmin), 0), 1);
      const [red, green, blue, alpha] = colours[Math.round(share * 256)];
      image.data.set([red, green, blue, alpha * 255], 4 * (n * lane.length + i));
    }
  });
  ctx.putImageData(image, 0, 0);
  pictures.set(trace, picture);
  return picture;
}

/**
 * Many cells side by side, such as those of a contact map.
 * @param {Context} ctx
 * @param {Cells} trace
 * @param {Scale} px
 * @param {Pick<RowPlace, "y">} row
 * @param {Pick<Frame, "range">} frame
 */
function heatAsOne(ctx, trace, px, row, frame) {
  const { x0, dx, y0, dy } = trace;
  const picture = pictureOf(trace);
  const at = (/** @type {number} */ x) => (x - x0) / dx + 0.5;
  const first = Math.max(Math.floor(at(frame.range[0])), 0);
  const end = Math.min(Math.ceil(at(frame.range[1])), picture.width);
  if (end <= first) return;
  const edge = (/** @type {number} */ i) => px(x0 + (i - 0.5) * dx);
  const top = row.y(y0 - dy / 2);
  const bottom = row.y(y0 + (picture.height - 0.5) * dy);
  const [left, width] = [edge(first), edge(end) - edge(first)];
  ctx.save();
  ctx.imageSmoothingEnabled = false;
  ctx.translate(left, top);
  ctx.scale(1, Math.sign(bottom - top));
  const height = Math.abs(bottom - top);
  ctx.drawImage(picture, first, 0, end - first, picture.height, 0, 0, width, height);
  ctx.restore();
}

/**
 * Lanes of coloured cells; a cell without a value is left open.
 * @param {Context} ctx
 * @param {Cells} trace
 * @param {Scale} px
 * @param {Pick<RowPlace, "y">} row
 * @param {Pick<Frame, "range">} frame
 */
export function heat(ctx, trace, px, row, frame) {
  const { z, x0, dx, y0, dy, zmin, zmax, xgap = 0, ygap = 0 } = trace;
  if (!xgap && !ygap && y0 !== undefined && z.length * (z[0]?.length ?? 0) > FAR) {
    heatAsOne(ctx, trace, px, row, frame);
    return;
  }
  const colours = palette(trace.colorscale);
  const gap = Math.floor(xgap / 2);
  const edge = (/** @type {number} */ i) => px(x0 + (i - 0.5) * dx);
  const first = Math.max(Math.floor((frame.range[0] - x0) / dx + 0.5), 0);
  const end = Math.min(Math.ceil((frame.range[1] - x0) / dx + 0.5), z[0]?.length ?? 0);
  z.forEach((lane, n) => {
    const top = Math.round(row.y(y0 + (n + 0.5) * dy));
    const bottom = Math.round(row.y(y0 + (n - 0.5) * dy));
    const from = Math.min(top, bottom) + Math.floor(ygap / 2);
    const height = Math.abs(bottom - top) - ygap;
    for (let i = first; i < end; i += 1) {
      const value = lane[i];
      if (!isKnown(value)) continue;
      const share = Math.min(Math.max((value - zmin) / (zmax - zmin), 0), 1);
      const left = Math.round(edge(i));
      ctx.fillStyle = colours[Math.round(share * 256)];
      ctx.fillRect(left + gap, from, Math.round(edge(i + 1)) - left - xgap, height);
    }
  });
}
