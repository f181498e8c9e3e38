// The figure's own buttons: names for a screen reader, reachable by keyboard, 24 px or larger.
import { button, element, icon } from "./dom.js";
import { widthOf, widthWords } from "./width.js";

/** @typedef {"undo" | "redo" | "zoom-in" | "zoom-out" | "whole" | "variant" | "png" | "svg" | "help"} Button */

/** @type {{ action: Button, name: string, path?: string, text?: string }[]} */
const BUTTONS = [
  { action: "undo", name: "Undo the view", path: "M6 3L3 6l3 3M3 6h6a4 4 0 0 1 0 8H7" },
  { action: "redo", name: "Redo the view", path: "M10 3l3 3-3 3M13 6H7a4 4 0 0 0 0 8h2" },
  { action: "zoom-in", name: "Zoom in", path: "M8 3v10M3 8h10" },
  { action: "zoom-out", name: "Zoom out", path: "M3 8h10" },
  {
    action: "whole",
    name: "Whole window",
    path: "M2 4v8M14 4v8M4.5 8h7M6.5 6l-2 2 2 2M9.5 6l2 2-2 2",
  },
  {
    action: "variant",
    name: "To the variant (V)",
    path: "M8 2v2.5M8 11.5V14M2 8h2.5M11.5 8H14M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6",
  },
  { action: "png", name: "Save the view as PNG", text: "PNG" },
  { action: "svg", name: "Save the view as SVG", text: "SVG" },
  { action: "help", name: "Keys and gestures", text: "?" },
];
const WIDTHS = [100, 1_000, 10_000, 100_000];

/** A field for a width, such as 50kb, and a button for each usual one. @param {(bp: number) => void} onWidth */
function widths(onWidth) {
  const group = element("div", "tv-widths", { role: "group", "aria-label": "Width of the view" });
  const field = element("input", "", {
    type: "text",
    size: "7",
    "aria-label": "Width, such as 50kb",
  });
  field.placeholder = "50kb";
  const go = () => {
    const bp = widthOf(field.value);
    field.setAttribute("aria-invalid", String(!bp));
    field.title = bp
      ? ""
      : `${field.value} is not a width; expected one such as 500, 50kb or 1.5Mb.`;
    if (bp) onWidth(bp);
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") go();
  });
  field.addEventListener("change", go);
  group.append(field);
  const buttons = WIDTHS.map((bp) => {
    const node = button(widthWords(bp), `Show ${widthWords(bp)}`, () => onWidth(bp));
    group.append(node);
    return { bp, node };
  });
  return { group, field, buttons };
}

export class Toolbar {
  /** @param {(action: Button) => void} onAction @param {(bp: number) => void} onWidth */
  constructor(onAction, onWidth) {
    this.node = element("div", "tv-tools", { role: "group", "aria-label": "View" });
    this.width = widths(onWidth);
    /** @type {Partial<Record<Button, HTMLButtonElement>>} */
    this.buttons = {};
    this.node.append(this.width.group);
    for (const { action, name, path, text } of BUTTONS) {
      const node = button(path ? icon(path) : (text ?? ""), name, () => onAction(action));
      this.buttons[action] = node;
      this.node.append(node);
    }
  }

  /**
   * What can be done now, how wide the view and the whole window are, and whether of a variant.
   * @param {{ undo: boolean, redo: boolean, bp: number, whole: number, variant: boolean }} state
   */
  show({ undo, redo, bp, whole, variant }) {
    const toVariant = this.buttons.variant;
    if (toVariant) toVariant.hidden = !variant;
    this.disable("undo", !undo);
    this.disable("redo", !redo);
    if (document.activeElement !== this.width.field) this.width.field.value = widthWords(bp);
    for (const button of this.width.buttons) button.node.hidden = button.bp >= whole;
  }

  /** @param {Button} action @param {boolean} disabled */
  disable(action, disabled) {
    const node = this.buttons[action];
    if (node) node.disabled = disabled;
  }
}
