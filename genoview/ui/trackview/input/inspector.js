// What the reader points at: a base, a stretch, a thing, the edge of what is predicted.

import { bases } from "../canvas/range.js";
import { Panel } from "../overlay/details_panel.js";
import { button, element } from "../overlay/dom.js";
import { chromosomeEnd, showClickable, thingAt } from "./hit_test.js";

const PUSH = 0.02; // of the width, past the edge, from which more is offered
const PUSH_ON = 0.25; // and from which it is asked for, where the reader wants that
const ALWAYS = "genoview.extend"; // in the browser's own storage

const wantsAlways = () => window.localStorage.getItem(ALWAYS) === "1";

export class Finder {
  constructor(view) {
    this.view = view;
    this.panel = new Panel((kind) => this.closed(kind));
    this.edges = element("div", "tv-edges");
    this.edges.hidden = true;
    showClickable(view);
  }

  /** A rubber band on the ruler zooms; one on the rows selects. */
  banded(kind, left, right) {
    const { view } = this;
    view.layer.mark("band");
    if (kind === "zoom") return view.go([left, right], true);
    const { origin } = view.header;
    const [first, last] = bases([left, right], origin);
    return this.select(first + origin - 1, last + origin);
  }

  async select(left, right) {
    const { view } = this;
    view.layer.mark("select", left, right);
    const title = "Selected stretch";
    await this.told(
      "select",
      title,
      (tiles) => tiles.stretch(left, right),
      (told) => {
        const act = (what, ...rest) => this.onStretch(told, [left, right], what, ...rest);
        this.panel.stretch(told, view.header.chrom, { canMark: view.header.acts, act });
      },
    );
  }

  onStretch(told, range, what, ...rest) {
    if (what === "zoom") return this.view.go(range, true);
    this.panel.close();
    const place = { start: told.first, end: told.last };
    if (what === "edit") return this.view.tell({ kind: "edit", ...place, bases: rest[0] });
    const [colour, label] = rest;
    return this.view.tell({ kind: "highlight", ...place, colour, label });
  }

  /** A click opens the card of what it hits, or goes to a place; anywhere else it pins the base. */
  async click(x, clientY) {
    const { view } = this;
    const thing = thingAt(view.screen, view.figure, x, clientY);
    if (thing?.position) return this.travel(thing.position);
    if (thing) return this.open(thing);
    const { origin, chrom } = view.header;
    const base = Math.floor(x - origin) + 1;
    const left = base + origin - 1;
    view.layer.mark("pin", left, left + 1);
    const middle = left + 0.5;
    return this.told(
      "pin",
      `${chrom}:${base}`,
      (tiles) => tiles.values(middle),
      (told) => this.panel.values(told, chrom),
    );
  }

  /** The card of a thing. */
  open({ kind, key, label }) {
    this.view.layer.mark("card");
    return this.told(
      "card",
      label,
      (tiles) => tiles.card(kind, key),
      (told) => this.panel.card(told),
    );
  }

  /** As wide as now around a base of the chromosome: through Python where it is not at hand. */
  travel(position) {
    const { view } = this;
    const { limits, origin, acts } = view.header;
    const half = (view.range[1] - view.range[0]) / 2;
    const middle = position + origin - 0.5;
    if (middle - half >= limits[0] && middle + half <= limits[1]) {
      return view.go([middle - half, middle + half], true);
    }
    if (!acts) return undefined;
    view.report();
    return view.tell({ kind: "go", position });
  }

  /** Python went nowhere: its sentence, once, beside what stays as it was. */
  refused(refusal) {
    const [number, sentence] = refusal ?? [];
    if (!sentence || number === this.refusal) return;
    this.refusal = number;
    this.asked = null;
    this.panel.problem("place", "Not in this genome", sentence);
    this.panel.place(chromosomeEnd(this.view.screen, this.view.figure)); // to try another place
  }

  async told(kind, title, ask, show) {
    const { tiles } = this.view.refiner;
    if (!tiles) return;
    this.asked = Symbol(kind);
    const { asked } = this;
    this.panel.wait(kind, title);
    try {
      const answer = await ask(tiles);
      if (asked === this.asked) show(answer);
    } catch (error) {
      const away = error instanceof TypeError ? "The server did not answer; try again." : error;
      if (asked === this.asked) this.panel.problem(kind, title, away);
    }
  }

  closed(kind) {
    this.asked = null;
    this.view.layer.mark(kind);
    this.view.box.focus({ preventScroll: true });
  }

  escape() {
    this.panel.close();
    this.view.layer.mark("band");
    this.offer(null);
  }

  forget() {
    this.panel.close();
    for (const name of ["band", "select", "pin", "card"]) this.view.layer.mark(name);
    this.offer(null);
    this.extended = false;
  }

  follow() {
    if (this.edges.hidden) return;
    const { top, left, width } = this.view.screen.frame;
    Object.assign(this.edges.style, {
      top: `${top + 8}px`,
      left: `${left}px`,
      width: `${width}px`,
    });
  }

  /** The reader went to `range`, perhaps past what there is. */
  pushed(range, limits) {
    if (!this.view.header.canExtend) return;
    const width = range[1] - range[0];
    const past = { left: (limits[0] - range[0]) / width, right: (range[1] - limits[1]) / width };
    const side = ["left", "right"].find((one) => past[one] >= PUSH);
    const both = past.left > 0 && past.right > 0;
    if (!side || both) {
      if (range[0] > limits[0] + width / 10 && range[1] < limits[1] - width / 10) this.offer(null);
      return;
    }
    this.offer(side);
    if (past[side] >= PUSH_ON && wantsAlways()) this.extend(side);
  }

  /** A button at the edge, and whether it is to be pressed for the reader from now on. */
  offer(side) {
    if (this.side === side) return;
    this.side = side;
    this.edges.hidden = !side;
    this.edges.replaceChildren();
    if (!side) return;
    const words = { left: "‹ Predict further left", right: "Predict further right ›" }[side];
    const always = element("input", "", { type: "checkbox" });
    always.checked = wantsAlways();
    always.addEventListener("change", () =>
      window.localStorage.setItem(ALWAYS, always.checked ? "1" : "0"),
    );
    const label = element("label", "", {}, always, " always");
    const offer = element(
      "div",
      `tv-edge-offer tv-edge-${side}`,
      {},
      button(words, "", () => this.extend(side), "tv-button"),
      label,
    );
    this.edges.append(offer);
    this.follow();
  }

  extend(side) {
    if (this.extended) return;
    this.extended = true;
    this.view.report();
    this.view.tell({ kind: "extend", side });
  }
}
