// At the edge of what is predicted: a button to predict further, and whether it presses itself.
import { button, element } from "./dom.js";

/** @import { Range } from "../wire/types.d.ts" */
/** @import { Screen } from "../canvas/screen.js" */
/** @typedef {"left" | "right"} Side */

const PUSH = 0.02; // of the width, past the edge, from which more is offered
const PUSH_ON = 0.25; // and from which it is predicted, where the reader wants that
const ALWAYS = "genoview.extend"; // in the browser's own storage
const WORDS = { left: "‹ Predict further left", right: "Predict further right ›" };

const wantsAlways = () => window.localStorage.getItem(ALWAYS) === "1";

/**
 * The side where a range lies past its limits, and how far, as a share of its width; undefined
 * where it does not, or at both.
 * @param {Range} range
 * @param {Range} limits
 * @returns {{ side: Side, share: number } | undefined}
 */
export function pushedSide(range, limits) {
  const width = range[1] - range[0];
  const left = (limits[0] - range[0]) / width;
  const right = (range[1] - limits[1]) / width;
  if (left > 0 && right > 0) return undefined;
  if (left >= PUSH) return { side: "left", share: left };
  return right >= PUSH ? { side: "right", share: right } : undefined;
}

/** Whether a range lies a tenth of its width inside its limits. @param {Range} range @param {Range} limits */
export function isWellInside(range, limits) {
  const margin = (range[1] - range[0]) / 10;
  return range[0] > limits[0] + margin && range[1] < limits[1] - margin;
}

export class EdgeOffers {
  /** @type {Side | null} */
  side = null;
  extended = false;

  /** @param {Pick<Screen, "frame">} screen @param {(side: Side) => void} onExtend */
  constructor(screen, onExtend) {
    this.screen = screen;
    this.onExtend = onExtend;
    this.node = element("div", "tv-edges");
    this.node.hidden = true;
  }

  /** A new subject: nothing is offered, and more may be predicted again. */
  reset() {
    this.offer(null);
    this.extended = false;
  }

  /** The reader went to `range`, perhaps past what there is. @param {Range} range @param {Range} limits */
  push(range, limits) {
    const pushed = pushedSide(range, limits);
    if (!pushed) {
      if (isWellInside(range, limits)) this.offer(null);
      return;
    }
    this.offer(pushed.side);
    if (pushed.share >= PUSH_ON && wantsAlways()) this.extend(pushed.side);
  }

  /** @param {Side | null} side */
  offer(side) {
    if (this.side === side) return;
    this.side = side;
    this.node.hidden = !side;
    this.node.replaceChildren();
    if (!side) return;
    const always = element("input", "", { type: "checkbox" });
    always.checked = wantsAlways();
    always.addEventListener("change", () =>
      window.localStorage.setItem(ALWAYS, always.checked ? "1" : "0"),
    );
    const label = element("label", "", {}, always, " always");
    const press = button(WORDS[side], "", () => this.extend(side), "tv-button");
    this.node.append(element("div", `tv-edge-offer tv-edge-${side}`, {}, press, label));
    this.follow();
  }

  follow() {
    const { frame } = this.screen;
    if (this.node.hidden || !frame) return;
    const { top, left, width } = frame;
    Object.assign(this.node.style, {
      top: `${top + 8}px`,
      left: `${left}px`,
      width: `${width}px`,
    });
  }

  /** @param {Side} side */
  extend(side) {
    if (this.extended) return;
    this.extended = true;
    this.onExtend(side);
  }
}
