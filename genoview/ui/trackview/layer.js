// What lies over the figure and moves with it: rubber bands, the selection, the pin, the edges.
import { element } from "./dom.js";

export class Layer {
  constructor(box) {
    this.box = box;
    this.node = element("div", "tv-layer", { "aria-hidden": "true" });
    this.marks = {}; // name -> {left, right, node}
  }

  /** Show a mark over all rows from one x to another, or take it away without them. */
  mark(name, left, right = left) {
    const old = this.marks[name];
    if (left === undefined) {
      old?.node.remove();
      delete this.marks[name];
      return;
    }
    const node = old?.node ?? element("div", `tv-mark tv-mark-${name}`);
    if (!old) this.node.append(node);
    this.marks[name] = { left, right, node };
    this.place(this.marks[name]);
  }

  /** Anew, after the figure has moved or changed its size. */
  follow() {
    for (const mark of Object.values(this.marks)) this.place(mark);
  }

  place({ left, right, node }) {
    const layout = this.box._fullLayout;
    if (!layout?.xaxis) return;
    const { range, _offset: offset, _length: length } = layout.xaxis;
    const px = (x) => ((x - range[0]) / (range[1] - range[0])) * length;
    const from = Math.max(px(left), 0);
    const to = Math.min(px(right), length);
    node.hidden = to < 0 || from > length;
    node.style.left = `${offset + from}px`;
    node.style.width = `${Math.max(to - from, 1)}px`;
    node.style.top = `${layout._size.t}px`;
    node.style.height = `${layout._size.h}px`;
  }
}
