// What lies under a pointer: a gene, a stem, a mark, an entry of a file, a place on the chromosome.
import { rowsOf, xScale } from "../canvas/frame.js";
import { BAND, isChromosome, placeOn } from "./chromosome.js";

/** @import { HeatmapTrace, Range, RowMeta, ScatterTrace } from "../wire/types.d.ts" */
/** @import { AnyFigure } from "../wire/packing.js" */
/** @import { Frame, RowPlace, Scale } from "../canvas/frame.js" */

/** @typedef {{ row: RowMeta, place: RowPlace, frame: Frame }} RowArea */
/** @typedef {RowArea & { px: Scale, x: number, y: number }} Pointed A pointer's px from the figure's corner. */
/**
 * @typedef {object} Feature What a click can hit; x of the figure, y of its row.
 * @property {string} kind of its card
 * @property {string} label
 * @property {number} slack px beside it that still count
 * @property {() => string} key
 * @property {[left: number, right: number, low: number, high: number]} [corners]
 * @property {[x: number, y: number][]} [points] a curve, in place of corners
 */
/**
 * @typedef {{ kind: string, label: string, key: string, position?: number }} Hit
 *   `position` is a base of the chromosome, to which a click goes in place of opening a card.
 */

const SLACK = 4; // px beside what is drawn: stems are thin
/** @type {Record<string, string>} */
const LABELS = { junction: "Junction", contact: "Contact" }; // of what has no name in the figure

/**
 * The row and the px at a pointer; undefined beside the rows.
 * @param {{ box: Element, frame: Frame }} screen
 * @param {AnyFigure} figure
 * @param {number} x
 * @param {number} clientY
 * @returns {Pointed | undefined}
 */
function pointed({ box, frame }, { layout }, x, clientY) {
  const y = clientY - box.getBoundingClientRect().top;
  const places = rowsOf(layout, frame);
  for (const row of layout.meta?.rows ?? []) {
    const place = places.get(row.yaxis);
    if (!place || y < place.top || y > place.top + place.height) continue;
    const px = xScale(frame);
    return { row, place, frame, px, x: px(x), y };
  }
  return undefined;
}

/**
 * px from a pointer to a curve given by its points, and to its middle.
 * @param {Pick<Pointed, "px" | "place" | "x" | "y">} at
 * @param {[number, number][]} points
 * @returns {[away: number, beside: number]}
 */
export function curveDistance({ px, place, x, y }, points) {
  const at = points.map(([a, b]) => [px(a), place.y(b)]);
  let away = Number.POSITIVE_INFINITY;
  for (let i = 1; i < at.length; i += 1) {
    const [[left, low], [right, high]] = [at[i - 1], at[i]];
    const [dx, dy] = [right - left, high - low];
    const along = ((x - left) * dx + (y - low) * dy) / (dx * dx + dy * dy || 1);
    const share = Math.min(Math.max(along, 0), 1);
    away = Math.min(away, Math.hypot(left + share * dx - x, low + share * dy - y));
  }
  return [away, Math.abs((at[0][0] + at[at.length - 1][0]) / 2 - x)];
}

/**
 * px from a pointer to a box given by two corners, and to its middle, which settles a draw.
 * @param {Pick<Pointed, "px" | "place" | "x" | "y">} at
 * @param {[number, number, number, number]} corners
 * @returns {[away: number, beside: number]}
 */
export function boxDistance({ px, place, x, y }, [left, right, low, high]) {
  const beside = (/** @type {number} */ at, /** @type {Range} */ [a, b]) =>
    Math.max(Math.min(a, b) - at, at - Math.max(a, b), 0);
  /** @type {Range} */
  const xs = [px(left), px(right)];
  /** @type {Range} */
  const ys = [place.y(low), place.y(high)];
  return [Math.hypot(beside(x, xs), beside(y, ys)), Math.abs((xs[0] + xs[1]) / 2 - x)];
}

/** Boxes: the row's own features, with the same slack. @param {{ row: RowMeta }} area */
export function* boxes({ row }) {
  for (const [kind, key, label, ...corners] of row.things ?? []) {
    if (kind === BAND) continue;
    // A gene's key is the same in every row; an entry is one of its row.
    const whole = kind === "gene" ? key : `${row.id}|${key}`;
    /** @type {Feature} */
    const feature = { kind, label, corners, slack: SLACK, key: () => whole };
    yield feature;
  }
}

/**
 * Segments of traces that say what a click on them opens: two points, or a curve, and a gap.
 * @param {Pick<RowArea, "row" | "frame">} area
 * @param {AnyFigure} figure
 */
export function* segments({ row, frame }, figure) {
  for (const trace of figure.data) {
    if (trace.type === "scatter" && trace.yaxis === row.yaxis) {
      yield* segmentsOf(row, frame, trace);
    }
  }
}

/** @param {RowMeta} row @param {Frame} frame @param {ScatterTrace} trace */
function* segmentsOf(row, { width, range }, { meta, x, y, line, name }) {
  if (!meta?.card || !x) return;
  const slack = SLACK + (line?.width ?? 1) / 2;
  const margin = (slack / width) * (range[1] - range[0]);
  const step = meta.points ?? 3;
  const label = name ?? LABELS[meta.card] ?? "Site";
  const at = (/** @type {number} */ i) => Number(x[i]);
  for (let i = 0; i + step - 2 < x.length; i += step) {
    const end = i + step - 2;
    if (at(end) + margin < range[0] || at(i) - margin > range[1]) continue;
    const key = () => `${row.id}|${meta.key}|${meta.numbers?.[i / step] ?? x[i]}`;
    const shared = { kind: meta.card, label, slack, key };
    /** @type {Feature} */
    const feature =
      step === 3
        ? { ...shared, corners: [at(i), at(end), Number(y[i]), Number(y[end])] }
        : { ...shared, points: upTo(step - 1).map((n) => [at(i + n), Number(y[i + n])]) };
    yield feature;
  }
}

/** @param {number} n */
const upTo = (n) => Array.from({ length: n }, (_, i) => i);

/**
 * A cell of a contact map, as the two bases above whose middle it lies.
 * @param {{ row: RowMeta }} area
 * @param {HeatmapTrace & { meta: { card: string, key: string } }} trace
 * @param {number} line
 * @param {number} column
 * @returns {Feature}
 */
function cellOf({ row }, { meta, x0, dx, y0, dy }, line, column) {
  const lane = Math.round(Math.abs(y0 + line * dy) / dy - 0.5); // of distance, up or down
  const bases = [column - lane, column + lane].map((at) => Math.floor(x0 + at * dx + 0.5));
  return {
    kind: meta.card,
    label: LABELS[meta.card],
    corners: [
      x0 + (column - 0.5) * dx,
      x0 + (column + 0.5) * dx,
      y0 + (line - 0.5) * dy,
      y0 + (line + 0.5) * dy,
    ],
    slack: 0,
    key: () => `${row.id}|${meta.key}|${bases.join("-")}`,
  };
}

/** @param {number | null | undefined} value @returns {value is number} */
const isKnown = (value) => value !== undefined && value !== null && !Number.isNaN(value);

/** Maps of a row whose cells open cards. @param {RowMeta} row @param {AnyFigure} figure */
function mapsOf(row, figure) {
  return figure.data.flatMap((trace) =>
    trace.type === "heatmap" && trace.meta?.card && trace.yaxis === row.yaxis
      ? [{ ...trace, meta: trace.meta }]
      : [],
  );
}

/** The cell of a contact map under a pointer. @param {Pointed} at @param {AnyFigure} figure */
function* cells(at, figure) {
  const { row, place, frame, x, y } = at;
  const base =
    frame.range[0] + ((x - frame.left) / frame.width) * (frame.range[1] - frame.range[0]);
  for (const trace of mapsOf(row, figure)) {
    const line = Math.round((place.value(y) - trace.y0) / trace.dy);
    const column = Math.round((base - trace.x0) / trace.dx);
    if (isKnown(trace.z[line]?.[column])) yield cellOf(at, trace, line, column);
  }
}

/**
 * Of each contact map of a row, the cell in view that is farthest from zero.
 * @param {Pick<RowArea, "row" | "frame">} area
 * @param {AnyFigure} figure
 */
export function* strongestCell(area, figure) {
  const { row, frame } = area;
  for (const trace of mapsOf(row, figure)) {
    const column = (/** @type {number} */ x) => (x - trace.x0) / trace.dx;
    const first = Math.max(Math.ceil(column(frame.range[0])), 0);
    const end = Math.min(Math.floor(column(frame.range[1])), trace.z[0].length - 1);
    let best = { size: -1, line: 0, column: 0 };
    for (const [line, values] of trace.z.entries()) {
      for (let i = first; i <= end; i += 1) {
        const value = values[i];
        const size = isKnown(value) ? Math.abs(value) : -1;
        if (size > best.size) best = { size, line, column: i };
      }
    }
    if (best.size >= 0) yield cellOf(area, trace, best.line, best.column);
  }
}

/**
 * The nearest feature, or a place on the chromosome; undefined without either.
 * @param {{ box: Element, frame: Frame }} screen
 * @param {AnyFigure} figure
 * @param {number} x
 * @param {number} clientY
 * @returns {Hit | undefined}
 */
export function featureAt(screen, figure, x, clientY) {
  const at = pointed(screen, figure, x, clientY);
  if (!at) return undefined;
  if (isChromosome(at.row)) {
    const bands = at.row.things.filter(([kind]) => kind === BAND);
    return placeOn(bands, (at.x - at.frame.left) / at.frame.width);
  }
  /** @type {{ feature: Feature, away: number, beside: number } | undefined} */
  let best;
  for (const feature of [...boxes(at), ...segments(at, figure), ...cells(at, figure)]) {
    const { points, corners = [0, 0, 0, 0] } = feature;
    const [away, beside] = points ? curveDistance(at, points) : boxDistance(at, corners);
    if (away > feature.slack) continue;
    if (!best || away < best.away || (away === best.away && beside < best.beside)) {
      best = { feature, away, beside };
    }
  }
  if (!best) return undefined;
  const { kind, label, key } = best.feature;
  return { kind, label, key: key() };
}
