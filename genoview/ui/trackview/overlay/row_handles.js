// Handles over the labels of the rows: move, resize, and a menu of how a row is drawn.
import { button, element, icon } from "./dom.js";
import { FoldLine } from "./fold_line.js";
import { RowMenu } from "./row_menu.js";

/** @import { Act, RowMeta } from "../wire/types.d.ts" */
/**
 * @typedef {RowMeta & { first: number, bottom: number }} Block
 *   Rows of one id: `top` of its first strip to `bottom` of its last row, px; the `first` row's
 *   height.
 */

const LEAST_PX = 16;
const MOST_PX = 600;
const GRIP = "M6 3v1M10 3v1M6 7.5v1M10 7.5v1M6 12v1M10 12v1";

/** @param {RowMeta[]} rows */
export function blocksOf(rows) {
  /** @type {Map<string, Block>} */
  const blocks = new Map();
  for (const row of rows) {
    if (!row.id) continue;
    const block = blocks.get(row.id) ?? {
      ...row,
      top: row.top - row.strip,
      bottom: 0,
      first: row.height,
    };
    block.bottom = row.top + row.height;
    blocks.set(row.id, block);
  }
  return [...blocks.values()];
}

/**
 * Ids with one of them `to` places from the top of the others.
 * @param {string[]} ids
 * @param {string} id
 * @param {number} to
 */
export function movedTo(ids, id, to) {
  const others = ids.filter((other) => other !== id);
  others.splice(Math.min(Math.max(to, 0), others.length), 0, id);
  return others;
}

/**
 * The rows of a block grow in proportion; a choice is the height of its first.
 * @param {Pick<Block, "top" | "bottom" | "strip" | "first">} block
 * @param {number} y px where its lower edge goes
 */
export function heightAt({ top, bottom, strip, first }, y) {
  const old = bottom - top - strip;
  const height = Math.round((first * Math.max(y - top - strip, LEAST_PX)) / old);
  return Math.min(Math.max(height, LEAST_PX), MOST_PX);
}

/** Follow a pointer until it is released. */
function follow(
  /** @type {PointerEvent} */ event,
  /** @type {HTMLElement} */ node,
  /** @type {(event: PointerEvent) => void} */ onMove,
  /** @type {(event: PointerEvent) => void} */ onEnd,
) {
  node.setPointerCapture(event.pointerId);
  const done = new AbortController();
  const { signal } = done;
  const end = (/** @type {PointerEvent} */ last) => {
    done.abort();
    onEnd(last);
  };
  node.addEventListener("pointermove", onMove, { signal });
  node.addEventListener("pointerup", end, { signal });
  node.addEventListener("pointercancel", end, { signal });
}

export class RowHandles {
  /** @type {Block[]} */
  blocks = [];
  frame = { top: 0, left: 0, width: 0 };
  key = "";

  /** @param {(act: Act) => void} act @param {AbortSignal} signal */
  constructor(act, signal) {
    this.act = act;
    this.node = element("div", "tv-rows", { role: "list", "aria-label": "Rows" });
    this.guide = element("div", "tv-guide");
    this.guide.hidden = true;
    this.fold = new FoldLine(act);
    this.menu = new RowMenu(act, (id) => this.part(id, "more")?.focus(), signal);
  }

  /** What lies over the figure. */
  get nodes() {
    return [this.node, this.menu.node, this.fold.node];
  }

  /**
   * Over a figure that was just drawn.
   * @param {RowMeta[]} rows
   * @param {{ top: number, left: number, width: number }} frame px
   */
  show(rows, { top, left, width }) {
    this.fold.show(rows, { top, width });
    this.blocks = blocksOf(rows);
    this.frame = { top, left, width };
    const places = this.blocks.map((b) => [b.id, b.top, b.bottom, b.choice]);
    const key = JSON.stringify([places, this.frame]);
    if (key === this.key) return;
    this.key = key;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const { id, part } = (this.node.contains(focused) && focused?.dataset) || {};
    this.node.replaceChildren(...this.blocks.map((block) => this.handle(block)), this.guide);
    if (id && part) this.part(id, part)?.focus();
  }

  /** The grip of a row, or the button of its menu. @param {string} id @param {string} part */
  part(id, part) {
    const selector = `[data-id="${CSS.escape(id)}"][data-part="${part}"]`;
    return /** @type {HTMLElement | null} */ (this.node.querySelector(selector));
  }

  /** Scroll as little as it takes. @param {string} id */
  bringIntoView(id) {
    this.part(id, "grip")?.parentElement?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Block} block */
  handle(block) {
    const { id, title } = block;
    const name = `Move ${title}: drag, or arrow up and down`;
    const grip = button(icon(GRIP), name, () => {}, "tv-grip");
    const more = button("⋯", `How ${title} is drawn`, () => this.openMenu(block), "tv-more");
    more.setAttribute("aria-haspopup", "dialog");
    Object.assign(grip.dataset, { id, part: "grip" });
    Object.assign(more.dataset, { id, part: "more" });
    grip.addEventListener("keydown", (event) => this.keyMove(event, id));
    this.drag(
      grip,
      (y) => this.aim(block, y),
      (y) => this.order(id, this.rank(block, y)),
    );
    const node = element("div", "tv-row", { role: "listitem", "aria-label": title }, grip, more);
    if (block.choices.includes("height")) node.append(this.edge(block));
    node.style.top = `${this.frame.top + block.top}px`;
    node.style.height = `${block.bottom - block.top}px`;
    node.style.width = `${this.frame.left}px`;
    return node;
  }

  /** @param {Block} block */
  edge(block) {
    const edge = element("div", "tv-edge", { title: `Drag to resize ${block.title}` });
    this.drag(
      edge,
      (y) => this.line(Math.max(y, block.top + LEAST_PX)),
      (y) => this.act({ kind: "row", id: block.id, choice: { height: heightAt(block, y) } }),
    );
    return edge;
  }

  /**
   * What a press on a node and the way to its end do; y counts from the top of the rows.
   * @param {HTMLElement} node
   * @param {(y: number) => void} onMove
   * @param {(y: number) => void} onEnd
   */
  drag(node, onMove, onEnd) {
    const at = (/** @type {PointerEvent} */ event) =>
      event.clientY - this.node.getBoundingClientRect().top - this.frame.top;
    node.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      const start = at(event);
      let moved = false;
      const move = (/** @type {PointerEvent} */ next) => {
        moved ||= Math.abs(at(next) - start) > 3;
        if (moved) onMove(at(next));
      };
      follow(event, node, move, (last) => {
        this.guide.hidden = true;
        if (moved && last.type === "pointerup") onEnd(at(last));
      });
    });
  }

  /** How many other rows lie above y. @param {Block} block @param {number} y */
  rank(block, y) {
    return this.blocks.filter((b) => b.id !== block.id && (b.top + b.bottom) / 2 < y).length;
  }

  /** @param {Block} block @param {number} y */
  aim(block, y) {
    const others = this.blocks.filter(({ id }) => id !== block.id);
    const next = others[this.rank(block, y)];
    const last = others.at(-1);
    if (next) this.line(next.top - 6);
    else if (last) this.line(last.bottom + 6);
  }

  /** @param {number} y */
  line(y) {
    this.guide.hidden = false;
    this.guide.style.top = `${this.frame.top + y}px`;
    this.guide.style.width = `${this.frame.width}px`;
  }

  /** @param {KeyboardEvent} event @param {string} id */
  keyMove(event, id) {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    this.order(id, this.blocks.findIndex((block) => block.id === id) + by);
  }

  /** @param {string} id @param {number} to */
  order(id, to) {
    const ids = this.blocks.map((block) => block.id);
    const ordered = movedTo(ids, id, to);
    if (ordered.join() === ids.join()) return;
    this.blocks.sort((a, b) => ordered.indexOf(a.id) - ordered.indexOf(b.id)); // for the next step
    this.act({ kind: "order", ids: ordered });
  }

  /** @param {Block} block */
  openMenu(block) {
    this.menu.open(block, this.frame.top + block.top);
  }
}
