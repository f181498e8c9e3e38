// What lies over the figure and moves with it: rubber bands, the selection, the pin, the card's ring.
import { xScale } from "../canvas/frame.js";
import { element } from "./dom.js";

/** @import { Screen } from "../canvas/screen.js" */
/** @typedef {{ top: number, height: number }} Band px from the figure's top */
/** @typedef {{ left: number, right: number, node: HTMLElement, band: Band | null }} Mark */

export class Marks {
  /** @type {Record<string, Mark>} */
  marks = {};

  /** @param {Pick<Screen, "frame">} screen */
  constructor(screen) {
    this.screen = screen;
    this.node = element("div", "tv-layer", { "aria-hidden": "true" });
  }

  /**
   * Show a mark from one x to another.
   * @param {string} name
   * @param {number} left
   * @param {number} right
   * @param {Band | null} band where it lies; over all rows without it
   */
  show(name, left, right, band = null) {
    const old = this.marks[name];
    const node = old?.node ?? element("div", `tv-mark tv-mark-${name}`);
    if (!old) this.node.append(node);
    this.marks[name] = { left, right, node, band };
    this.place(this.marks[name]);
  }

  /** @param {string[]} names */
  hide(...names) {
    for (const name of names) {
      this.marks[name]?.node.remove();
      delete this.marks[name];
    }
  }

  /** Anew, after the figure has moved or changed its size. */
  follow() {
    for (const mark of Object.values(this.marks)) this.place(mark);
  }

  /** @param {Mark} mark */
  place({ left, right, node, band }) {
    const { frame } = this.screen;
    if (!frame) return;
    const px = xScale(frame);
    const last = frame.left + frame.width;
    const from = Math.max(px(left), frame.left);
    const to = Math.min(px(right), last);
    node.hidden = to < frame.left || from > last;
    node.style.left = `${from}px`;
    node.style.width = `${Math.max(to - from, 1)}px`;
    node.style.top = `${band?.top ?? frame.top}px`;
    node.style.height = `${band?.height ?? frame.height}px`;
  }
}
