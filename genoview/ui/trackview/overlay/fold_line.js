// The line of rows that a variant does not change: a button that shows them below it, or folds them.
import { button, element } from "./dom.js";

/** @import { Act, RowMeta } from "../wire/types.d.ts" */

export class FoldLine {
  key = "";

  /** @param {(act: Act) => void} act */
  constructor(act) {
    this.act = act;
    this.node = element("div", "tv-rows");
  }

  /**
   * Over a figure that was just drawn.
   * @param {RowMeta[]} rows
   * @param {{ top: number, width: number }} frame px
   */
  show(rows, { top, width }) {
    const row = rows.find(({ folds }) => folds);
    const key = JSON.stringify([row, top, width]);
    if (key === this.key) return;
    this.key = key;
    const hadFocus = this.node.contains(document.activeElement);
    this.node.replaceChildren();
    if (!row) return;
    const node = this.button(row);
    node.style.top = `${top + row.top - row.strip}px`;
    node.style.height = `${row.height + row.strip}px`;
    node.style.width = `${width}px`;
    this.node.append(node);
    if (hadFocus) node.focus();
  }

  /** @param {RowMeta} row */
  button({ title, folds }) {
    const shown = folds === "shown";
    const words = shown ? "fold ▴" : "show ▾";
    const name = `${shown ? "Fold" : "Show"} ${title}`;
    const act = () => this.act({ kind: "fold", shown: !shown });
    const node = button(element("span", "", {}, words), name, act, "tv-fold");
    node.setAttribute("aria-expanded", String(shown));
    return node;
  }
}
