// What lies over the figure and moves with it: rubber bands, the selection, the pin, the edges.

import { xScale } from "../canvas/frame.js";
import { element } from "./dom.js";

export class Layer {
  constructor(screen) {
    this.screen = screen;
    this.node = element("div", "tv-layer", { "aria-hidden": "true" });
    this.marks = {}; // name -> {left, right, node}
  }

  /**
   * Show a mark from one x to another, or take it away without them.
   * @param band where it lies, px; over all rows without it.
   */
  mark(name, left, right = left, band = null) {
    const old = this.marks[name];
    if (left === undefined) {
      old?.node.remove();
      delete this.marks[name];
      return;
    }
    const node = old?.node ?? element("div", `tv-mark tv-mark-${name}`);
    if (!old) this.node.append(node);
    this.marks[name] = { left, right, node, band };
    this.place(this.marks[name]);
  }

  /** Anew, after the figure has moved or changed its size. */
  follow() {
    for (const mark of Object.values(this.marks)) this.place(mark);
  }

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
