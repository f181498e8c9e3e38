// Details of what the reader points at: a base, a stretch, a feature, a place on the chromosome.
import { xScale } from "../canvas/frame.js";
import { bases } from "../canvas/range.js";
import { DetailsPanel } from "../overlay/details_panel.js";
import { keepHoverClear } from "../overlay/hover_box.js";
import { announceBase, followOthers } from "../wire/other_views.js";
import { chromosomeEnd } from "./chromosome.js";
import { featureAt } from "./hit_test.js";
import { listenToHover } from "./hover.js";

/** @import { Range, Stretch } from "../wire/types.d.ts" */
/** @import { Tiles } from "../wire/tiles.js" */
/** @import { TrackView } from "../view/track_view.js" */
/** @import { BandKind } from "./actions.js" */
/** @import { Hit } from "./hit_test.js" */

const PLACE = "place"; // of what is shown: why a place cannot be gone to
const REFUSAL_SEEN = 8_000; // ms

export class Inspector {
  /** @type {symbol | null} the newest request to the server */
  request = null;
  refusal = -1; // number of the last one that was shown

  /** @param {TrackView} view */
  constructor(view) {
    this.view = view;
    this.panel = new DetailsPanel(
      (kind) => this.closed(kind),
      () => this.keepClear(),
    );
    listenToHover(view);
    const onWindow = (/** @type {Range | null} */ px) => {
      const { left } = view.box.getBoundingClientRect();
      return px && /** @type {Range} */ ([px[0] + left, px[1] + left]);
    };
    keepHoverClear(view.box, () => onWindow(this.variantPx()), view.removed.signal);
    followOthers(view, view.removed.signal);
  }

  /**
   * A rubber band on the ruler zooms; on the rows it selects.
   * @param {BandKind} kind
   * @param {number} left
   * @param {number} right
   */
  endBand(kind, left, right) {
    const { view } = this;
    view.marks.hide("band");
    if (kind === "zoom") {
      view.go([left, right], true);
      return;
    }
    const { origin } = view.header;
    const [first, last] = bases([left, right], origin);
    this.select(first + origin - 1, last + origin);
  }

  /** @param {number} left @param {number} right */
  select(left, right) {
    this.view.marks.show("select", left, right);
    this.ask(
      "select",
      "Selected stretch",
      (tiles) => tiles.stretch(left, right),
      (stretch) => this.showStretch(stretch, [left, right]),
    );
  }

  /** @param {Stretch} stretch @param {Range} range */
  showStretch(stretch, range) {
    const { view, panel } = this;
    const place = { start: stretch.first, end: stretch.last };
    const { acts, chrom } = view.header;
    panel.stretch(stretch, chrom, {
      zoom: () => view.go(range, true),
      edit: acts ? (letters) => this.send({ kind: "edit", ...place, bases: letters }) : null,
      highlight: acts
        ? (colour, label) => this.send({ kind: "highlight", ...place, colour, label })
        : null,
    });
  }

  /** @param {import("../wire/types.d.ts").Act} act */
  send(act) {
    this.panel.close();
    this.view.sendToPython(act);
  }

  /**
   * A click opens the card of what it hits, or goes to a place; anywhere else it pins the base.
   * @param {number} x
   * @param {number} clientY
   */
  click(x, clientY) {
    const { view } = this;
    const { box, frame } = view.screen;
    announceBase(Math.floor(x - view.header.origin));
    const hit = frame ? featureAt({ box, frame }, view.figure, x, clientY) : undefined;
    if (hit?.position !== undefined) this.travel(hit.position);
    else if (hit) this.open(hit);
    else this.pin(x);
  }

  /** @param {number} x */
  pin(x) {
    const { marks, header } = this.view;
    const { origin, chrom } = header;
    const base = Math.floor(x - origin) + 1;
    const left = base + origin - 1;
    marks.show("pin", left, left + 1);
    this.ask(
      "pin",
      `${chrom}:${base}`,
      (tiles) => tiles.values(left + 0.5),
      (values) => this.panel.values(values, chrom),
    );
  }

  /** The card of a feature. @param {Pick<Hit, "kind" | "key" | "label">} hit */
  open({ kind, key, label }) {
    this.view.marks.hide("card");
    this.ask(
      "card",
      label,
      (tiles) => tiles.card(kind, key),
      (card) => this.panel.card(card),
    );
  }

  /**
   * As wide as now around a base of the chromosome: through Python where it is not at hand.
   * @param {number} position
   */
  travel(position) {
    const { view } = this;
    const { limits, origin, acts } = view.header;
    const half = (view.range[1] - view.range[0]) / 2;
    const middle = position + origin - 0.5;
    if (middle - half >= limits[0] && middle + half <= limits[1]) {
      view.go([middle - half, middle + half], true);
    } else if (acts) {
      view.report();
      view.sendToPython({ kind: "go", position });
    }
  }

  /**
   * Python went nowhere: its sentence, once, beside what stays as it was.
   * @param {[number, string] | null} refusal
   */
  refused(refusal) {
    const [number, sentence] = refusal ?? [0, ""];
    if (!sentence || number === this.refusal) return;
    this.refusal = number;
    this.request = null;
    this.panel.problem(PLACE, "Not in this genome", sentence);
    const { screen, figure } = this.view;
    this.panel.place(chromosomeEnd(screen.frame, figure)); // to try another place
    this.panel.closeAfter(REFUSAL_SEEN);
  }

  /**
   * Show what the server answers, unless something newer is asked for meanwhile.
   * @template Answer
   * @param {string} kind
   * @param {string} title
   * @param {(tiles: Tiles) => Promise<Answer>} fetch
   * @param {(answer: Answer) => void} show
   */
  async ask(kind, title, fetch, show) {
    const { tiles } = this.view.refiner;
    if (!tiles) return;
    const request = Symbol(kind);
    this.request = request;
    this.panel.wait(kind, title);
    try {
      const answer = await fetch(tiles);
      if (request === this.request) show(answer);
    } catch (error) {
      if (request === this.request) this.panel.problem(kind, title, sentenceOf(error));
    }
  }

  /** The panel never lies over the variant. */
  keepClear() {
    this.panel.keepClear(this.variantPx());
  }

  /**
   * px of the variant from the figure's left edge.
   * @returns {Range | null}
   */
  variantPx() {
    const { frame } = this.view.screen;
    const variant = this.view.header?.variant;
    if (!frame || !variant) return null;
    const px = xScale(frame);
    return [px(variant[0]), px(variant[1])];
  }

  /** The reader moves on: what was said of another place is of no use any more. */
  moveOn() {
    if (this.panel.kind === PLACE) this.panel.close();
  }

  /** @param {string} kind */
  closed(kind) {
    this.request = null;
    this.view.marks.hide(kind);
    this.view.box.focus({ preventScroll: true });
  }

  escape() {
    this.panel.close();
    this.view.marks.hide("band");
    this.view.edges.offer(null);
  }

  /** A new subject: nothing of the last one is left. */
  reset() {
    this.panel.close();
    this.view.marks.hide("band", "select", "pin", "card");
  }
}

/** @param {unknown} error */
function sentenceOf(error) {
  if (error instanceof TypeError) return "The server did not answer; try again.";
  return error instanceof Error ? error.message : String(error);
}
