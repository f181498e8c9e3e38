// What lies under a pointer: a gene, a stem, a mark, an entry of a file, a place on the chromosome.
import { xScale } from "../canvas/frame.js";
import { rowsOf } from "../canvas/picture.js";
import { xAt } from "./gestures.js";

const SLACK = 4; // px beside what is drawn: stems are thin
const BAND = "band"; // of the chromosome: its x are shares of the figure's width
const PLACE = "place";

/** The row and the px at a pointer; undefined beside the rows. */
function pointed({ box, frame }, { layout }, x, clientY) {
  if (!frame) return undefined;
  const y = clientY - box.getBoundingClientRect().top;
  const places = rowsOf(layout, frame);
  for (const row of layout.meta?.rows ?? []) {
    const place = places.get(row.yaxis);
    if (y < place.top || y > place.top + place.height) continue;
    const px = xScale(frame);
    return { row, place, frame, px, x: px(x), y };
  }
  return undefined;
}

const LABELS = { junction: "Junction", contact: "Contact" }; // of what has no name in the figure

/** px from a pointer to a curve given by its points, and to its middle. */
function curveDistance({ px, place, x, y }, points) {
  const at = points.map(([a, b]) => [px(a), place.y(b)]);
  let away = Number.POSITIVE_INFINITY;
  for (let i = 1; i < at.length; i += 1) {
    const [[left, low], [right, high]] = [at[i - 1], at[i]];
    const [dx, dy] = [right - left, high - low];
    const along = ((x - left) * dx + (y - low) * dy) / (dx * dx + dy * dy || 1);
    const share = Math.min(Math.max(along, 0), 1);
    away = Math.min(away, Math.hypot(left + share * dx - x, low + share * dy - y));
  }
  return [away, Math.abs((at[0][0] + at.at(-1)[0]) / 2 - x)];
}

/** px from a pointer to a box given by two corners, and to its middle, which settles a draw. */
function distance({ px, place, x, y }, [left, right, low, high]) {
  const beside = (at, a, b) => Math.max(Math.min(a, b) - at, at - Math.max(a, b), 0);
  const xs = [px(left), px(right)];
  const ys = [place.y(low), place.y(high)];
  const away = Math.hypot(beside(x, ...xs), beside(y, ...ys));
  return [away, Math.abs((xs[0] + xs[1]) / 2 - x)];
}

/** Boxes: the row's own things, with the same slack. */
export function* boxes({ row }) {
  for (const [kind, key, label, ...corners] of row.things ?? []) {
    if (kind === BAND) continue;
    // A gene's key is the same in every row; an entry is one of its row.
    const whole = kind === "gene" ? key : `${row.id}|${key}`;
    yield { kind, label, corners, slack: SLACK, key: () => whole };
  }
}

/** Segments of traces that say what a click on them opens: two points, or a curve, and a gap. */
export function* segments({ row, frame: { width, range } }, figure) {
  for (const { meta, yaxis, x, y, line, name } of figure.data) {
    if (!meta?.card || yaxis !== row.yaxis || !x) continue;
    const slack = SLACK + (line?.width ?? 1) / 2;
    const margin = (slack / width) * (range[1] - range[0]);
    const step = meta.points ?? 3;
    for (let i = 0; i + step - 2 < x.length; i += step) {
      const end = i + step - 2;
      if (x[end] + margin < range[0] || x[i] - margin > range[1]) continue;
      const key = () => `${row.id}|${meta.key}|${meta.numbers?.[i / step] ?? x[i]}`;
      const thing = { kind: meta.card, label: name ?? LABELS[meta.card] ?? "Site", slack, key };
      if (step === 3) yield { ...thing, corners: [x[i], x[end], y[i], y[end]] };
      else
        yield {
          ...thing,
          points: Array.from({ length: step - 1 }, (_, n) => [x[i + n], y[i + n]]),
        };
    }
  }
}

/** A cell of a contact map, as the two bases above whose middle it lies. */
function cellOf({ row }, { meta, x0, dx, y0, dy }, line, place) {
  const lane = Math.round(Math.abs(y0 + line * dy) / dy - 0.5); // of distance, up or down
  const bases = [place - lane, place + lane].map((at) => Math.floor(x0 + at * dx + 0.5));
  const corners = [x0 + (place - 0.5) * dx, x0 + (place + 0.5) * dx];
  corners.push(y0 + (line - 0.5) * dy, y0 + (line + 0.5) * dy);
  const key = () => `${row.id}|${meta.key}|${bases.join("-")}`;
  return {
    kind: meta.card,
    label: LABELS[meta.card],
    corners,
    slack: 0,
    key,
  };
}

const isKnown = (value) => value !== undefined && value !== null && !Number.isNaN(value);

/** The cell of a contact map under a pointer. */
function* cells(at, figure) {
  const { row, place, frame, x, y } = at;
  const base =
    frame.range[0] + ((x - frame.left) / frame.width) * (frame.range[1] - frame.range[0]);
  for (const trace of figure.data) {
    if (trace.type !== "heatmap" || !trace.meta?.card || trace.yaxis !== row.yaxis) continue;
    const line = Math.round((place.value(y) - trace.y0) / trace.dy);
    const column = Math.round((base - trace.x0) / trace.dx);
    if (isKnown(trace.z[line]?.[column])) yield cellOf(at, trace, line, column);
  }
}

/** Of each contact map of a row, the cell in view that is farthest from zero. */
export function* strongestCell(at, figure) {
  const { row, frame } = at;
  for (const trace of figure.data) {
    if (trace.type !== "heatmap" || !trace.meta?.card || trace.yaxis !== row.yaxis) continue;
    const column = (x) => (x - trace.x0) / trace.dx;
    const first = Math.max(Math.ceil(column(frame.range[0])), 0);
    const end = Math.min(Math.floor(column(frame.range[1])), trace.z[0].length - 1);
    let best;
    trace.z.forEach((line, n) => {
      for (let i = first; i <= end; i += 1) {
        const size = isKnown(line[i]) ? Math.abs(line[i]) : -1;
        if (size >= 0 && size > (best?.size ?? -1)) best = { size, n, i };
      }
    });
    if (best) yield cellOf(at, trace, best.n, best.i);
  }
}

/** The place of the chromosome that a share of its picture stands for. */
function placeOn(bands, share) {
  const band = bands.find(([, , , , right]) => share <= right) ?? bands.at(-1);
  const [, key, label, left, right] = band;
  const [first, last] = /(\d+)-(\d+)$/.exec(key).slice(1).map(Number);
  const along = Math.min(Math.max((share - left) / (right - left), 0), 1);
  const position = Math.min(first + Math.floor(along * (last - first + 1)), last);
  return { kind: PLACE, label, position };
}

export const isBand = ([kind]) => kind === BAND;

/** px from the figure's top to the end of the row with the chromosome; undefined without one. */
export function chromosomeEnd({ frame }, { layout }) {
  const row = frame && layout.meta?.rows?.find(({ things }) => things?.some(isBand));
  const place = row && rowsOf(layout, frame).get(row.yaxis);
  return place && place.top + place.height;
}

/** `{kind, key, label}` of the nearest thing, or a `place` and its `position`; or undefined. */
export function thingAt(screen, figure, x, clientY) {
  const at = pointed(screen, figure, x, clientY);
  if (!at) return undefined;
  const bands = (at.row.things ?? []).filter(isBand);
  if (bands.length) return placeOn(bands, (at.x - at.frame.left) / at.frame.width);
  let best;
  for (const each of [boxes(at), segments(at, figure), cells(at, figure)]) {
    for (const thing of each) {
      const measure = thing.points ? curveDistance(at, thing.points) : distance(at, thing.corners);
      const [away, beside] = measure;
      if (away > thing.slack) continue;
      if (!best || away < best.away || (away === best.away && beside < best.beside)) {
        best = { ...thing, away, beside };
      }
    }
  }
  return best && { kind: best.kind, key: best.key(), label: best.label };
}

/** What a click at a place of the page would find; nothing on labels and margins. */
function thingUnder({ screen, figure, drawn }, { clientX, clientY }) {
  const { box, frame } = screen;
  if (!drawn || !frame) return undefined;
  const px = clientX - box.getBoundingClientRect().left - frame.left;
  if (px < 0 || px > frame.width) return undefined;
  return thingAt(screen, figure, xAt(screen, clientX), clientY);
}

/** The pointer shows what a click would do: a hand over things, and where on the chromosome. */
export function showClickable(view) {
  const { box } = view;
  const { signal } = view.gone;
  let last = null;
  let isDue = false;
  const show = (thing) => {
    box.classList.toggle("tv-pointing", !!thing);
    const mb = (thing?.position / 1e6).toFixed(1);
    const title = thing?.kind === PLACE ? `Go to ${thing.label}, ${mb} Mb` : "";
    if (box.title !== title) box.title = title;
  };
  const look = () => {
    isDue = false;
    show(last && thingUnder(view, last));
  };
  const on = (name, handler) => box.addEventListener(name, handler, { signal, passive: true });
  on("pointermove", (event) => {
    last = event.buttons ? null : event;
    if (!isDue) requestAnimationFrame(look);
    isDue = true;
  });
  on("pointerleave", () => {
    last = null;
    show(null);
  });
}
