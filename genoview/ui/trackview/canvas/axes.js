// The numbers of the axes on a canvas, where Plotly would set them.
import { linesOf, sizeOf, write } from "./text.js";

/** @import { Font, NumberedAxis, Range, YAxis } from "../wire/types.d.ts" */
/** @import { Frame, RowPlace, Scale } from "./frame.js" */

const SLACK = 1e-4; // share of the range by which Plotly lets a tick lie outside
const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/**
 * Plotly's step for about `nticks` numbers: 2, 5 or 10 times a power of ten.
 * @param {Range} range
 * @param {number} nticks
 */
export function stepOf([from, to], nticks) {
  const rough = Math.abs(to - from) / nticks;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([2, 5].find((times) => times > rough / power) ?? 10);
}

/**
 * Multiples of the step within `range`, and just past its ends.
 * @param {Pick<NumberedAxis, "dtick" | "nticks">} axis
 * @param {Range} range
 */
export function ticksOf(axis, range) {
  const step = axis.dtick ?? stepOf(range, axis.nticks);
  const slack = (range[1] - range[0]) * SLACK;
  const first = Math.ceil((range[0] - slack) / step);
  const last = Math.floor((range[1] + slack) / step);
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => (first + i) * step);
}

/**
 * Lines at the ticks, behind everything that a row draws.
 * @param {CanvasRenderingContext2D} ctx
 * @param {NumberedAxis} axis
 * @param {Frame} frame
 * @param {Scale} px
 * @param {RowPlace[]} rows
 */
export function grid(ctx, axis, frame, px, rows) {
  ctx.fillStyle = axis.gridcolor;
  for (const tick of ticksOf(axis, frame.range)) {
    const x = Math.round(px(tick) - 0.5);
    if (x < frame.left + 1 || x > frame.left + frame.width - 1) continue; // it would be the frame
    for (const row of rows) ctx.fillRect(x, row.top, 1, row.height);
  }
}

/**
 * Line, ticks and numbers of an x axis at `y`, upwards if it is the one on top.
 * @param {CanvasRenderingContext2D} ctx
 * @param {NumberedAxis} axis
 * @param {Frame} frame
 * @param {Scale} px
 * @param {number} y
 * @param {Font} font
 */
export function xNumbers(ctx, axis, frame, px, y, font) {
  const up = axis.side === "top";
  const away = up ? -1 : 1;
  ctx.fillStyle = axis.linecolor;
  ctx.fillRect(frame.left - 1, up ? y - 1 : y, frame.width + 2, 1);
  const own = { ...font, ...axis.tickfont };
  const room = Number.parseFloat(ctx.canvas.style.width) || ctx.canvas.width;
  const baseline = y + away * (1 + axis.ticklen + 0.2 * own.size) + (up ? -0.5 : own.size - 0.5);
  for (const tick of ticksOf(axis, frame.range)) {
    const x = px(tick);
    ctx.fillStyle = axis.tickcolor;
    ctx.fillRect(Math.round(x - 0.5), up ? y - 1 - axis.ticklen : y + 1, 1, axis.ticklen);
    const lines = [[{ text: grouped.format(tick) }]];
    const half = sizeOf(ctx, lines, own).width / 2;
    if (x - half >= 0 && x + half <= room) write(ctx, lines, x, baseline, own, "middle");
  }
}

/**
 * Numbers or names left of a row, and its line at zero.
 * @param {CanvasRenderingContext2D} ctx
 * @param {YAxis} axis
 * @param {RowPlace} row
 * @param {Frame} frame
 * @param {Font} font
 */
export function yNumbers(ctx, axis, row, frame, font) {
  if (axis.zeroline) {
    ctx.fillStyle = axis.zerolinecolor;
    ctx.fillRect(frame.left, Math.round(row.y(0) - 0.499), frame.width, 1);
  }
  const own = { ...font, ...axis.tickfont };
  const x = frame.left - (axis.ticklabelstandoff ?? 0) - 1;
  axis.tickvals.forEach((value, i) => {
    const baseline = row.y(value) + 0.35 * own.size;
    write(ctx, linesOf(String(axis.ticktext[i])), x, baseline, own, "end");
  });
}
