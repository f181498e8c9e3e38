// Handles over the labels of the rows: move, resize, and a menu of how a row is drawn.
import { button, element, icon, input, select } from "./dom.js";

const LEAST_PX = 16;
const SCALES = {
  natural: "usual",
  auto: "by what is in view",
  group: "shared by rows of one unit",
  fixed: "fixed",
};
const STYLES = { filled: "filled", line: "line", bars: "bars", heat: "heat" };
const GRIP = "M6 3v1M10 3v1M6 7.5v1M10 7.5v1M6 12v1M10 12v1";

/** Rows of one id as one block: top of its first strip to the bottom of its last row. */
export function blocksOf(rows) {
  const blocks = new Map();
  for (const row of rows) {
    if (!row.id) continue;
    const top = row.top - row.strip;
    const block = blocks.get(row.id) ?? { ...row, id: row.id, top, first: row.height };
    block.bottom = row.top + row.height;
    blocks.set(row.id, block);
  }
  return [...blocks.values()];
}

/** Ids with one of them `to` places from the top of the others. */
export function movedTo(ids, id, to) {
  const others = ids.filter((one) => one !== id);
  others.splice(Math.min(Math.max(to, 0), others.length), 0, id);
  return others;
}

export class Rows {
  /** `act` gets what acts.py takes. */
  constructor(act, signal) {
    this.act = act;
    this.node = element("div", "tv-rows", { role: "list", "aria-label": "Rows" });
    this.guide = element("div", "tv-guide");
    this.guide.hidden = true;
    this.menu = element("div", "tv-menu", { role: "dialog" });
    this.menu.hidden = true;
    document.addEventListener("pointerdown", (event) => this.leave(event), { signal });
  }

  /** Over a figure that was just drawn. */
  show(rows, { top, left, width }) {
    this.blocks = blocksOf(rows);
    this.frame = { top, left, width };
    const key = JSON.stringify([
      this.blocks.map((b) => [b.id, b.top, b.bottom, b.choice]),
      this.frame,
    ]);
    if (key === this.key) return;
    this.key = key;
    const focused = this.node.contains(document.activeElement)
      ? document.activeElement.dataset
      : null;
    const { id, part } = focused ?? {};
    this.node.replaceChildren(...this.blocks.map((block) => this.handle(block)), this.guide);
    if (id) this.node.querySelector(`[data-id="${CSS.escape(id)}"][data-part="${part}"]`)?.focus();
  }

  /** Scroll as little as it takes. */
  bringIntoView(id) {
    const node = this.node.querySelector(`[data-id="${CSS.escape(id)}"]`)?.parentElement;
    node?.scrollIntoView({ block: "nearest" });
  }

  handle(block) {
    const { id, title } = block;
    const grip = button(
      icon(GRIP),
      `Move ${title}: drag, or arrow up and down`,
      () => {},
      "tv-grip",
    );
    const more = button("⋯", `How ${title} is drawn`, () => this.openMenu(block), "tv-more");
    more.setAttribute("aria-haspopup", "dialog");
    const edge = element("div", "tv-edge", { title: `Drag to resize ${title}` });
    for (const [node, part] of [
      [grip, "grip"],
      [more, "more"],
    ])
      Object.assign(node.dataset, { id, part });
    grip.addEventListener("keydown", (event) => this.keyMove(event, id));
    grip.addEventListener("pointerdown", (event) =>
      this.drag(
        event,
        grip,
        (y) => this.aim(block, y),
        (y) => this.drop(block, y),
      ),
    );
    edge.addEventListener("pointerdown", (event) =>
      this.drag(
        event,
        edge,
        (y) => this.stretch(block, y),
        (y) => this.resize(block, y),
      ),
    );
    const node = element("div", "tv-row", { role: "listitem", "aria-label": title }, grip, more);
    if (block.choices?.includes("height")) node.append(edge);
    node.style.top = `${this.frame.top + block.top}px`;
    node.style.height = `${block.bottom - block.top}px`;
    node.style.width = `${this.frame.left}px`;
    return node;
  }

  /** Follow a pointer from a press to its end; y counts from the top of the rows. */
  drag(event, node, onMove, onEnd) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    node.setPointerCapture(event.pointerId);
    const gone = new AbortController();
    const at = (e) => e.clientY - this.node.getBoundingClientRect().top - this.frame.top;
    const start = at(event);
    let moved = false;
    const on = (name, handler) => node.addEventListener(name, handler, { signal: gone.signal });
    on("pointermove", (e) => {
      moved ||= Math.abs(at(e) - start) > 3;
      if (moved) onMove(at(e));
    });
    const end = (e) => {
      gone.abort();
      this.guide.hidden = true;
      if (moved && e.type === "pointerup") onEnd(at(e));
    };
    on("pointerup", end);
    on("pointercancel", end);
  }

  /** How many other rows lie above y. */
  rank(block, y) {
    return this.blocks.filter((b) => b.id !== block.id && (b.top + b.bottom) / 2 < y).length;
  }

  aim(block, y) {
    const others = this.blocks.filter((one) => one.id !== block.id);
    const rank = this.rank(block, y);
    const line = rank < others.length ? others[rank].top - 6 : others.at(-1).bottom + 6;
    this.line(line);
  }

  line(y) {
    this.guide.hidden = false;
    this.guide.style.top = `${this.frame.top + y}px`;
    this.guide.style.width = `${this.frame.width}px`;
  }

  drop(block, y) {
    this.order(block.id, this.rank(block, y));
  }

  stretch(block, y) {
    this.line(Math.max(y, block.top + LEAST_PX));
  }

  /** The rows of a block grow in proportion; a choice is the height of its first. */
  resize(block, y) {
    const old = block.bottom - block.top - block.strip;
    const height = Math.round(
      (block.first * Math.max(y - block.top - block.strip, LEAST_PX)) / old,
    );
    this.choose(block.id, { height: Math.min(Math.max(height, LEAST_PX), 600) });
  }

  keyMove(event, id) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    this.order(id, this.blocks.findIndex((block) => block.id === id) + by);
  }

  order(id, to) {
    const ids = this.blocks.map((block) => block.id);
    const ordered = movedTo(ids, id, to);
    if (ordered.join() === ids.join()) return;
    this.blocks.sort((a, b) => ordered.indexOf(a.id) - ordered.indexOf(b.id)); // for the next step
    this.act({ kind: "order", ids: ordered });
  }

  choose(id, choice) {
    this.act({ kind: "row", id, choice });
  }

  openMenu(block) {
    const { id, title, choices = [], choice = {} } = block;
    const fields = [element("h2", "", {}, title)];
    const field = (words, node) =>
      fields.push(element("label", "", {}, element("span", "", {}, words), node));
    const set = (name) => (value) => this.choose(id, { [name]: value });
    const numeric = (name) => (text) => text !== "" && this.choose(id, { [name]: Number(text) });
    // A range is fixed as it is now: no other would suit a file's unit.
    const { low, high } = choice;
    const ends = low < high ? { low, high } : {};
    const scaled = (scale) => this.choose(id, scale === "fixed" ? { scale, ...ends } : { scale });
    if (choices.includes("style"))
      field("Drawn as", select("Drawn as", STYLES, choice.style, set("style")));
    if (choices.includes("scale")) field("Scale", select("Scale", SCALES, choice.scale, scaled));
    if (choices.includes("range") && choice.scale === "fixed") {
      field("From", input("number", "Bottom of the axis", choice.low ?? 0, numeric("low")));
      field("To", input("number", "Top of the axis", choice.high ?? 1, numeric("high")));
    }
    if (choices.includes("log"))
      field("Logarithmic", input("checkbox", "Logarithmic", !!choice.log, set("log")));
    if (choices.includes("colour"))
      field("Colour", input("color", "Colour", choice.colour || "#0072b2", set("colour")));
    if (choices.includes("height"))
      field(
        "Height, px",
        input("number", "Height, px", choice.height ?? block.first, numeric("height")),
      );
    const buttons = element(
      "p",
      "tv-links",
      {},
      button("Hide", `Hide ${title}`, () => this.act({ kind: "hide", id }), "tv-button"),
      button("As usual", `Draw ${title} as usual`, () => this.choose(id, null), "tv-button"),
      button("Close", "Close the menu", () => this.closeMenu(), "tv-button"),
    );
    this.menu.replaceChildren(...fields, buttons);
    this.menu.setAttribute("aria-label", `How ${title} is drawn`);
    this.menu.style.top = `${this.frame.top + block.top}px`;
    this.menu.hidden = false;
    this.opener = { id };
    this.menu.addEventListener("change", () => this.closeMenu(), { once: true });
    this.menu.querySelector("select, input, button").focus();
  }

  /** A press beside the open menu closes it. */
  leave(event) {
    if (!this.menu.hidden && !this.menu.contains(event.target)) this.menu.hidden = true;
  }

  closeMenu() {
    if (this.menu.hidden) return;
    this.menu.hidden = true;
    this.node.querySelector(`[data-id="${CSS.escape(this.opener.id)}"][data-part="more"]`)?.focus();
  }
}
