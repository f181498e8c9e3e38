// Keys step through what has a card, row by row from left to right, as a pointer would find it.
import { rowsOf } from "../canvas/picture.js";
import { boxes, isBand, segments, strongestCell } from "./hit_test.js";

const ends = ({ corners, points }) =>
  points ? [points[0][0], points.at(-1)[0]] : [corners[0], corners[1]].sort((a, b) => a - b);

/** [low, high]: the values that a thing spans in its row. */
function values({ corners, points }) {
  const all = points ? points.map(([, y]) => y) : [corners[2], corners[3]];
  const known = all.filter((y) => !Number.isNaN(y));
  return [Math.min(...known), Math.max(...known)];
}

/** Everything in view with a card, each once: {kind, key, label, row, left, right, top, height}. */
export function entriesIn({ frame }, figure) {
  const found = new Map();
  if (!frame) return [];
  const [from, to] = frame.range;
  const places = rowsOf(figure.layout, frame);
  for (const row of figure.layout.meta?.rows ?? []) {
    const at = { row, place: places.get(row.yaxis), frame };
    if (row.things?.some(isBand)) continue; // the chromosome leads elsewhere, and has no card
    const things = [...boxes(at), ...segments(at, figure), ...strongestCell(at, figure)]
      .map((thing) => ({ ...thing, at: ends(thing) }))
      .filter((thing) => thing.at[1] >= from && thing.at[0] <= to)
      .sort((a, b) => a.at[0] - b.at[0]);
    for (const thing of things) {
      const key = thing.key();
      if (!found.has(`${thing.kind} ${key}`))
        found.set(`${thing.kind} ${key}`, entry(thing, key, at));
    }
  }
  return [...found.values()];
}

function entry(thing, key, { row, place }) {
  const [low, high] = values(thing).map((y) => place.y(y));
  const [left, right] = thing.at;
  const top = Math.min(low, high);
  const { kind, label } = thing;
  return { kind, key, label, row, left, right, top, height: Math.abs(high - low) };
}

export class Stepper {
  constructor(view) {
    this.view = view;
    this.last = null; // kind and key of the entry whose card was opened
  }

  /** Open the card of the next entry, or of the one before; beyond the last comes the first. */
  step(by) {
    const { view } = this;
    const entries = entriesIn(view.screen, view.figure);
    if (!entries.length) return view.voice.tell("Nothing in view has a card.");
    const known = entries.findIndex(({ kind, key }) => `${kind} ${key}` === this.last);
    const start = known < 0 && by < 0 ? 0 : known;
    const n = (start + by + entries.length) % entries.length;
    const found = entries[n];
    this.last = `${found.kind} ${found.key}`;
    view.rows.bringIntoView(found.row.id);
    const opened = view.finder.open(found);
    const { left, right, top, height } = found;
    view.layer.mark("card", left, right, { top, height });
    view.voice.tell(`Card ${n + 1} of ${entries.length}: ${found.label}, in ${found.row.title}`);
    return opened;
  }
}
