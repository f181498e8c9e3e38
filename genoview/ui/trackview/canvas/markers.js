// Marks, letters, bars and heat on a canvas.
import { pointsOf } from "./strokes.js";
import { linesOf, write } from "./text.js";

const of = (value, i) => (Array.isArray(value) || ArrayBuffer.isView(value) ? value[i] : value);
const ANCHORS = { left: "end", center: "middle", right: "start" };

/** Corners of a triangle of this size, as Plotly draws it: [x, y] from its middle. */
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
  throw new Error(`no mark is known by the name ${symbol}`);
}

export function marks(ctx, { marker, ...trace }, px, row) {
  const { xs, ys } = pointsOf(trace);
  for (let i = 0; i < ys.length; i += 1) {
    const symbol = of(marker.symbol, i);
    const points = corners(symbol, of(marker.size, i));
    ctx.globalAlpha = of(marker.opacity, i) ?? 1;
    ctx.beginPath();
    for (const [dx, dy] of points) ctx.lineTo(px(xs[i]) + dx, row.y(ys[i]) + dy);
    ctx.closePath();
    const open = symbol.endsWith("-open");
    const width = of(marker.line.width, i) || (open ? 1 : 0);
    ctx.fillStyle = of(marker.color, i);
    ctx.strokeStyle = of(open ? marker.color : marker.line.color, i);
    ctx.lineWidth = width || 1; // a canvas takes no width of zero
    if (!open) ctx.fill();
    if (width) ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

/** Each text beside its point; what lies off the screen is left out. */
export function letters(ctx, trace, px, row, frame, font) {
  const { xs, ys } = pointsOf(trace);
  const radius = trace.mode.includes("markers")
    ? (i) => of(trace.marker.size, i) / 2 / 0.8 + 1
    : () => 0;
  for (let i = 0; i < ys.length; i += 1) {
    const text = of(trace.text, i);
    const x = px(xs[i]);
    if (!text || x < frame.left - frame.width || x > frame.left + 2 * frame.width) continue;
    const own = { ...font, ...trace.textfont };
    own.size = of(own.size, i);
    own.color = of(own.color, i);
    const [vertical, side] = (of(trace.textposition, i) ?? "middle center").split(" ");
    const up = { top: -1, middle: 0, bottom: 1 }[vertical];
    const aside = { left: -1, center: 0, right: 1 }[side] * radius(i);
    const baseline = row.y(ys[i]) + 0.75 * own.size + up * radius(i) + ((up - 1) * own.size) / 2;
    write(ctx, linesOf(String(text)), x + aside, baseline, own, ANCHORS[side]);
  }
}

/** An edge on a whole pixel, but no bar vanishes. */
function onPixel(edge, other) {
  if (Math.abs(edge - other) >= 2) return Math.round(edge);
  return edge > other ? Math.ceil(edge) : Math.floor(edge);
}

/** Lying bars: exons, features. */
export function bars(ctx, trace, px, row) {
  for (let i = 0; i < trace.x.length; i += 1) {
    const base = of(trace.base, i) ?? 0;
    const half = of(trace.width, i) / 2;
    const [from, to] = [px(base), px(base + trace.x[i])];
    const [low, high] = [row.y(trace.y[i] - half), row.y(trace.y[i] + half)];
    const [left, right] = [onPixel(from, to), onPixel(to, from)];
    const [bottom, top] = [onPixel(low, high), onPixel(high, low)];
    ctx.fillStyle = of(trace.marker.color, i);
    ctx.fillRect(left, top, right - left, bottom - top);
  }
}
