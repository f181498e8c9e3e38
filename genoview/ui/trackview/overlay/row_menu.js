// The menu of a row: how it is drawn.
import { button, checkbox, element, input, select } from "./dom.js";

/** @import { Act, RowChoice } from "../wire/types.d.ts" */
/** @import { Block } from "./row_handles.js" */

const SCALES = {
  natural: "usual",
  auto: "by what is in view",
  group: "shared by rows of one unit",
  fixed: "fixed",
};
const STYLES = { filled: "filled", line: "line", bars: "bars", heat: "heat" };

export class RowMenu {
  /**
   * @param {(act: Act) => void} act
   * @param {(id: string) => void} onClose is given the row whose menu was open
   * @param {AbortSignal} signal
   */
  constructor(act, onClose, signal) {
    this.act = act;
    this.onClose = onClose;
    this.id = "";
    this.node = element("div", "tv-menu", { role: "dialog" });
    this.node.hidden = true;
    document.addEventListener("pointerdown", (event) => this.leave(event), { signal });
  }

  /** @param {Block} block @param {number} top px from the figure's top */
  open(block, top) {
    const { id, title } = block;
    const tools = element(
      "p",
      "tv-links",
      {},
      button("Hide", `Hide ${title}`, () => this.act({ kind: "hide", id }), "tv-button"),
      button("As usual", `Draw ${title} as usual`, () => this.choose(id, null), "tv-button"),
      button("Close", "Close the menu", () => this.close(), "tv-button"),
    );
    this.node.replaceChildren(element("h2", "", {}, title), ...this.fields(block), tools);
    this.node.setAttribute("aria-label", `How ${title} is drawn`);
    this.node.style.top = `${top}px`;
    this.node.hidden = false;
    this.id = id;
    this.node.addEventListener("change", () => this.close(), { once: true });
    /** @type {HTMLElement | null} */
    const first = this.node.querySelector("select, input, button");
    first?.focus();
  }

  /** @param {Block} block */
  fields({ id, choices, choice, first }) {
    /** @type {Node[]} */
    const fields = [];
    const add = (/** @type {string} */ words, /** @type {Node} */ node) =>
      fields.push(element("label", "", {}, element("span", "", {}, words), node));
    const set = (/** @type {keyof RowChoice} */ name) => (/** @type {string | boolean} */ value) =>
      this.choose(id, { [name]: value });
    const numeric = (/** @type {keyof RowChoice} */ name) => (/** @type {string} */ text) => {
      if (text !== "") this.choose(id, { [name]: Number(text) });
    };
    const number = (
      /** @type {string} */ name,
      /** @type {number} */ value,
      /** @type {keyof RowChoice} */ key,
    ) => input("number", name, String(value), numeric(key));
    if (choices.includes("style"))
      add("Drawn as", select("Drawn as", STYLES, choice.style ?? "", set("style")));
    if (choices.includes("scale"))
      add(
        "Scale",
        select("Scale", SCALES, choice.scale ?? "", (scale) =>
          this.choose(id, scaled(scale, choice)),
        ),
      );
    if (choices.includes("range") && choice.scale === "fixed") {
      add("From", number("Bottom of the axis", choice.low ?? 0, "low"));
      add("To", number("Top of the axis", choice.high ?? 1, "high"));
    }
    if (choices.includes("log"))
      add("Logarithmic", checkbox("Logarithmic", !!choice.log, set("log")));
    if (choices.includes("colour"))
      add("Colour", input("color", "Colour", choice.colour || "#0072b2", set("colour")));
    if (choices.includes("height"))
      add("Height, px", number("Height, px", choice.height ?? first, "height"));
    return fields;
  }

  /** @param {string} id @param {RowChoice | null} choice */
  choose(id, choice) {
    this.act({ kind: "row", id, choice });
  }

  /** A press beside the open menu closes it. @param {PointerEvent} event */
  leave(event) {
    if (!this.node.contains(/** @type {Node} */ (event.target))) this.node.hidden = true;
  }

  close() {
    if (this.node.hidden) return;
    this.node.hidden = true;
    this.onClose(this.id);
  }
}

/**
 * A range is fixed as it is now: no other would suit a file's unit.
 * @param {string} scale
 * @param {RowChoice} choice
 * @returns {RowChoice}
 */
export function scaled(scale, { low, high }) {
  const known = typeof low === "number" && typeof high === "number" && low < high;
  return scale === "fixed" && known ? { scale, low, high } : { scale };
}
