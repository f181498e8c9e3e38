// Keys step through what has a card, row by row from left to right, as a pointer would hit it.
import { rowsOf } from "../canvas/frame.js";
import { isChromosome } from "./chromosome.js";
import { boxes, segments, strongestCell } from "./hit_test.js";

/** @import { Range, RowMeta } from "../wire/types.d.ts" */
/** @import { AnyFigure } from "../wire/packing.js" */
/** @import { Frame, RowPlace } from "../canvas/frame.js" */
/** @import { TrackView } from "../view/track_view.js" */
/** @import { Feature } from "./hit_test.js" */
/**
 * @typedef {object} Entry Something in view with a card.
 * @property {string} kind
 * @property {string} key
 * @property {string} label
 * @property {RowMeta} row
 * @property {number} left x
 * @property {number} right x
 * @property {number} top px
 * @property {number} height px
 */

/** @param {Feature} feature @returns {Range} */
function endsOf({ corners = [0, 0, 0, 0], points }) {
  if (points) return [points[0][0], points[points.length - 1][0]];
  return [Math.min(corners[0], corners[1]), Math.max(corners[0], corners[1])];
}

/** The values that a feature spans in its row. @param {Feature} feature @returns {Range} */
function valuesOf({ corners = [0, 0, 0, 0], points }) {
  const all = points ? points.map(([, y]) => y) : [corners[2], corners[3]];
  const known = all.filter((y) => !Number.isNaN(y));
  return [Math.min(...known), Math.max(...known)];
}

/**
 * Everything in view with a card, each once.
 * @param {Frame | null} frame
 * @param {AnyFigure} figure
 */
export function entriesIn(frame, figure) {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  if (!frame) return [];
  const [from, to] = frame.range;
  const places = rowsOf(figure.layout, frame);
  for (const row of figure.layout.meta?.rows ?? []) {
    const place = places.get(row.yaxis);
    if (!place || isChromosome(row)) continue;
    const area = { row, place, frame };
    const features = [...boxes(area), ...segments(area, figure), ...strongestCell(area, figure)]
      .map((feature) => ({ feature, ends: endsOf(feature) }))
      .filter(({ ends }) => ends[1] >= from && ends[0] <= to)
      .sort((a, b) => a.ends[0] - b.ends[0]);
    for (const { feature, ends } of features) {
      const key = feature.key();
      const name = `${feature.kind} ${key}`;
      if (!entries.has(name)) entries.set(name, entryOf(feature, key, ends, row, place));
    }
  }
  return [...entries.values()];
}

/**
 * @param {Feature} feature
 * @param {string} key
 * @param {Range} ends
 * @param {RowMeta} row
 * @param {RowPlace} place
 * @returns {Entry}
 */
function entryOf(feature, key, [left, right], row, place) {
  const [low, high] = valuesOf(feature).map((y) => place.y(y));
  const { kind, label } = feature;
  const top = Math.min(low, high);
  return { kind, key, label, row, left, right, top, height: Math.abs(high - low) };
}

export class CardNavigation {
  last = ""; // kind and key of the entry whose card was opened

  /** @param {TrackView} view */
  constructor(view) {
    this.view = view;
  }

  /**
   * Open the card of the next entry, or of the one before; beyond the last comes the first.
   * @param {number} step 1 or -1
   */
  open(step) {
    const { view } = this;
    const entries = entriesIn(view.screen.frame, view.figure);
    if (!entries.length) {
      view.announcements.say("Nothing in view has a card.");
      return;
    }
    const known = entries.findIndex(({ kind, key }) => `${kind} ${key}` === this.last);
    const start = known < 0 && step < 0 ? 0 : known;
    const n = (start + step + entries.length) % entries.length;
    const entry = entries[n];
    const { row, label, left, right, top, height } = entry;
    this.last = `${entry.kind} ${entry.key}`;
    view.rows.bringIntoView(row.id);
    view.inspector.open(entry);
    view.marks.show("card", left, right, { top, height });
    view.announcements.say(`Card ${n + 1} of ${entries.length}: ${label}, in ${row.title}`);
  }
}
