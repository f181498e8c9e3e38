// Details beside the figure: values of a pinned base, a selected stretch, a card.
import { junctionRows, trackRows, tsvOf, valueRows } from "./details_rows.js";
import { button, element, input } from "./dom.js";
import { grouped } from "./number_text.js";

/** @import { BaseValues, Card, Range, Stretch } from "../wire/types.d.ts" */
/**
 * @typedef {object} StretchActions What a reader can do with a selected stretch.
 * @property {() => void} zoom
 * @property {((bases: string) => void) | null} edit
 * @property {((colour: string, label: string) => void) | null} highlight
 */

const TOP = 56; // px below the figure's top
const ASIDE = 8; // px between the panel and the variant
const EDGE = 20; // px between the panel and the figure's edge
const HEADER = 126; // px at the top of the window that the page's menu and the buttons lie over
const BASES = /^[ACGTN]{5,}$/;
const COLOURS = ["#f0c419", "#0072b2", "#c65102", "#00805e", "#a8508a"];

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const node = element("table");
  const titles = head.map((title) => element("th", "", {}, title));
  node.createTHead().append(element("tr", "", {}, ...titles));
  const body = node.createTBody();
  for (const cells of rows)
    body.append(element("tr", "", {}, ...cells.map((cell) => element("td", "", {}, cell))));
  return node;
}

/** @param {string} name @param {string} text */
function save(name, text) {
  const link = element("a", "", { download: name });
  link.href = URL.createObjectURL(new Blob([text], { type: "text/tab-separated-values" }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** @param {HTMLFormElement} form @param {() => void} onSubmit */
function submitted(form, onSubmit) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onSubmit();
  });
  return form;
}

/**
 * Where a panel lies: "right" and "left" of what must stay in sight, or "bottom" of the screen.
 * @param {Range | null} taken px of what must stay in sight
 * @param {number} panel px, its width
 * @param {number} whole px, the width of the figure
 * @returns {"right" | "left" | "bottom"}
 */
export function sideOf(taken, panel, whole) {
  if (!taken || taken[1] < 0 || taken[0] > whole) return "right";
  if (whole - taken[1] >= panel + ASIDE) return "right";
  return taken[0] >= panel + ASIDE ? "left" : "bottom";
}

export class DetailsPanel {
  kind = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} it closes by itself */
  end;

  /**
   * @param {(kind: string) => void} onClose is given what was shown
   * @param {() => void} onShow
   */
  constructor(onClose, onShow) {
    this.onShow = onShow;
    this.node = element("aside", "tv-panel", { role: "region", "aria-live": "polite" });
    this.node.hidden = true;
    this.onClose = onClose;
  }

  /**
   * @param {string} kind what is shown, so that the figure's mark can go with it
   * @param {string} title
   * @param {(Node | string)[]} content
   */
  show(kind, title, ...content) {
    this.kind = kind;
    const heading = element("h2", "", {}, title);
    const close = button("×", "Close", () => this.close(), "tv-close");
    this.node.replaceChildren(heading, close, ...content);
    this.node.setAttribute("aria-label", title);
    this.node.hidden = false;
    clearTimeout(this.end);
    this.place();
    this.onShow();
  }

  /** By itself, unless the pointer or the keyboard is in it by then. @param {number} ms */
  closeAfter(ms) {
    this.end = setTimeout(() => {
      if (this.node.matches(":hover, :focus-within")) this.closeAfter(ms);
      else this.close();
    }, ms);
  }

  /** From `top` px of the figure on, or at the top of what is seen of it. */
  place(top = TOP) {
    const hidden = -(this.node.offsetParent?.getBoundingClientRect().top ?? 0);
    this.node.style.top = `${Math.max(top, hidden + HEADER)}px`;
  }

  /**
   * Beside a place of the figure that must stay in sight: at the right, else at the left, else at
   * the bottom of the screen.
   * @param {Range | null} taken px from the figure's left edge, of what must stay in sight
   */
  keepClear(taken) {
    const { node } = this;
    if (node.hidden) return;
    node.dataset.side = "right"; // where it is as wide as it wants to be
    node.dataset.side = sideOf(
      taken,
      node.offsetWidth + EDGE,
      node.parentElement?.clientWidth ?? 0,
    );
  }

  close() {
    clearTimeout(this.end);
    if (this.node.hidden) return;
    this.node.hidden = true;
    this.node.replaceChildren();
    this.onClose(this.kind);
    this.kind = "";
  }

  /** Take the keyboard to the first link of what is shown, or to the button that closes it. */
  enter() {
    const { node } = this;
    if (node.hidden) return;
    /** @type {HTMLElement | null} */
    const target = node.querySelector("a") ?? node.querySelector(".tv-close");
    target?.focus();
  }

  /** @param {string} kind @param {string} title */
  wait(kind, title) {
    this.show(kind, title, element("p", "tv-quiet", {}, "…"));
  }

  /** @param {string} kind @param {string} title @param {string} sentence */
  problem(kind, title, sentence) {
    this.show(kind, title, element("p", "", {}, sentence));
  }

  /** @param {BaseValues} values @param {string} chrom */
  values(values, chrom) {
    const title = `${chrom}:${grouped(values.position)} ${values.base}`;
    this.show("pin", title, table(["Track", "Value", "Unit"], valueRows(values)));
  }

  /** @param {Card} card */
  card(card) {
    const lines = element("dl");
    for (const { label, value } of card.lines) {
      const look = BASES.test(value) ? "tv-letters" : ""; // REF and ALT stand letter below letter
      lines.append(element("dt", "", {}, label), element("dd", look, {}, value));
    }
    const links = element("p", "tv-links");
    for (const { label, url } of card.links) {
      const away = { href: url, target: "_blank", rel: "noopener noreferrer" };
      links.append(element("a", "", away, label));
    }
    this.show("card", card.title, lines, links);
  }

  /** @param {Stretch} stretch @param {string} chrom @param {StretchActions} actions */
  stretch(stretch, chrom, { zoom, edit, highlight }) {
    const place = `${chrom}:${grouped(stretch.first)}-${grouped(stretch.last)}`;
    const { sequence } = stretch;
    /** @type {Node[]} */
    const parts = [element("p", "tv-quiet", {}, `${grouped(stretch.width)} bp`)];
    if (sequence)
      parts.push(element("pre", "tv-bases", { tabindex: "0", "aria-label": "Sequence" }, sequence));
    else
      parts.push(element("p", "tv-quiet", {}, "The sequence of so long a stretch is not shown."));
    parts.push(this.tools(stretch, place, zoom));
    if (edit) parts.push(this.editor(edit));
    if (highlight) parts.push(this.marker(highlight));
    parts.push(table(["Track", "Mean", "Maximum", "Unit"], trackRows(stretch)));
    const junctions = junctionRows(stretch);
    if (junctions) parts.push(table(junctions.head, junctions.rows));
    if (junctions?.note) parts.push(element("p", "tv-quiet", {}, junctions.note));
    this.show("select", place, ...parts);
  }

  /** @param {Stretch} stretch @param {string} place @param {() => void} zoom */
  tools(stretch, place, zoom) {
    const tools = element("p", "tv-links");
    const add = (/** @type {string} */ text, /** @type {() => void} */ onClick) => {
      const node = button(text, "", onClick, "tv-button");
      tools.append(node);
      return node;
    };
    add("Zoom here", zoom);
    if (stretch.sequence) {
      const copy = add("Copy sequence", async () => {
        await navigator.clipboard.writeText(stretch.sequence);
        copy.textContent = "Copied";
      });
    }
    add("Save as TSV", () => save(`${place.replace(/\W+/g, "-")}.tsv`, tsvOf(stretch, place)));
    return tools;
  }

  /** @param {(bases: string) => void} edit */
  editor(edit) {
    const form = element("form", "tv-editor");
    const bases = input("text", "Bases in place of these");
    bases.placeholder = "Replace by: ACGT, or nothing";
    bases.pattern = "[ACGTacgt\\s]*";
    bases.title = "A, C, G and T; empty deletes what is selected";
    form.append(bases, element("button", "tv-button", { type: "submit" }, "Edit"));
    return submitted(form, () => edit(bases.value));
  }

  /** @param {(colour: string, label: string) => void} highlight */
  marker(highlight) {
    const form = element("form", "tv-marker");
    const colours = element("fieldset", "", {}, element("legend", "", {}, "Colour"));
    COLOURS.forEach((colour, i) => {
      const looks = { type: "radio", name: "colour", value: colour, "aria-label": colour };
      const choice = element("input", "", looks);
      choice.checked = i === 0;
      choice.style.accentColor = colour;
      choice.style.setProperty("--colour", colour);
      colours.append(choice);
    });
    const label = input("text", "Label of the highlight");
    label.placeholder = "Label";
    label.maxLength = 60;
    form.append(colours, label, element("button", "tv-button", { type: "submit" }, "Highlight"));
    return submitted(form, () => highlight(String(new FormData(form).get("colour")), label.value));
  }
}
