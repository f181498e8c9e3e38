// What is told beside the figure: values of a pinned base, a selected stretch, a card.
import { button, element, input, number, short } from "./dom.js";

const TOP = 56; // px below the figure's top
const HEADER = 126; // px at the top of the window that the page's menu and the buttons lie over
const MOST_JUNCTIONS = 12; // listed; a file has all that were told
const BASES = /^[ACGTN]{5,}$/;
const COLOURS = ["#f0c419", "#0072b2", "#c65102", "#00805e", "#a8508a"];

function table(head, rows) {
  const node = element("table", "");
  node.createTHead().append(element("tr", "", {}, ...head.map((t) => element("th", "", {}, t))));
  const body = node.createTBody();
  for (const cells of rows)
    body.append(element("tr", "", {}, ...cells.map((t) => element("td", "", {}, t))));
  return node;
}

function save(name, text) {
  const link = element("a", "", { download: name });
  link.href = URL.createObjectURL(new Blob([text], { type: "text/tab-separated-values" }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

export class Panel {
  constructor(onClose) {
    this.node = element("aside", "tv-panel", { role: "region", "aria-live": "polite" });
    this.node.hidden = true;
    this.onClose = onClose;
  }

  /** @param kind what is shown, so that the figure's mark can go with it. */
  show(kind, title, ...content) {
    this.kind = kind;
    const heading = element("h2", "", {}, title);
    const close = button("×", "Close", () => this.close(), "tv-close");
    this.node.replaceChildren(heading, close, ...content);
    this.node.setAttribute("aria-label", title);
    this.node.hidden = false;
    this.place();
  }

  /** From `top` px of the figure on, or at the top of what is seen of it. */
  place(top = TOP) {
    const hidden = -this.node.offsetParent.getBoundingClientRect().top;
    this.node.style.top = `${Math.max(top, hidden + HEADER)}px`;
  }

  close() {
    if (this.node.hidden) return;
    this.node.hidden = true;
    this.node.replaceChildren();
    this.onClose(this.kind);
    this.kind = undefined;
  }

  /** Take the keyboard to the first link of what is shown, or to the button that closes it. */
  enter() {
    const { node } = this;
    if (!node.hidden) (node.querySelector("a") ?? node.querySelector(".tv-close")).focus();
  }

  wait(kind, title) {
    this.show(kind, title, element("p", "tv-quiet", {}, "…"));
  }

  problem(kind, title, error) {
    this.show(kind, title, element("p", "", {}, String(error.message ?? error)));
  }

  values(told, chrom) {
    const rows = told.rows.flatMap(({ title, unit, values, leftOut }) => {
      const listed = values.map(({ name, value, alt }) => [
        name,
        alt === undefined ? short(value) : `${short(value)} → ${short(alt)}`,
        unit,
      ]);
      return leftOut ? [...listed, [`${title}: ${leftOut} lower ones`, "", ""]] : listed;
    });
    const title = `${chrom}:${number(told.position)} ${told.base}`;
    this.show("pin", title, table(["Track", "Value", "Unit"], rows));
  }

  card(told) {
    const lines = element("dl", "");
    for (const { label, value } of told.lines) {
      const look = BASES.test(value) ? "tv-letters" : ""; // REF and ALT stand letter below letter
      lines.append(element("dt", "", {}, label), element("dd", look, {}, value));
    }
    const links = element("p", "tv-links");
    for (const { label, url } of told.links) {
      const link = element(
        "a",
        "",
        { href: url, target: "_blank", rel: "noopener noreferrer" },
        label,
      );
      links.append(link);
    }
    this.show("card", told.title, lines, links);
  }

  /** `act` gets ("zoom"), ("edit", bases) or ("highlight", colour, label). */
  stretch(told, chrom, { canMark, act }) {
    const place = `${chrom}:${number(told.first)}-${number(told.last)}`;
    const rows = told.rows.map(({ title, allele, unit, mean, max, at, where }) => [
      allele ? `${title} ${allele}` : title,
      short(mean),
      `${short(max)} at ${where ?? number(at)}`,
      unit,
    ]);
    const parts = [element("p", "tv-quiet", {}, `${number(told.width)} bp`)];
    if (told.sequence)
      parts.push(
        element("pre", "tv-bases", { tabindex: "0", "aria-label": "Sequence" }, told.sequence),
      );
    else
      parts.push(element("p", "tv-quiet", {}, "The sequence of so long a stretch is not shown."));
    parts.push(this.tools(told, place, act));
    if (canMark) parts.push(this.editor(act), this.marker(act));
    parts.push(table(["Track", "Mean", "Maximum", "Unit"], rows), ...junctionsOf(told));
    this.show("select", place, ...parts);
  }

  tools(told, place, act) {
    const tools = element("p", "tv-links");
    tools.append(button("Zoom here", "", () => act("zoom"), "tv-button"));
    if (told.sequence) {
      const copy = button(
        "Copy sequence",
        "",
        async () => {
          await navigator.clipboard.writeText(told.sequence);
          copy.textContent = "Copied";
        },
        "tv-button",
      );
      tools.append(copy);
    }
    tools.append(
      button(
        "Save as TSV",
        "",
        () => save(`${place.replace(/\W+/g, "-")}.tsv`, tsvOf(told, place)),
        "tv-button",
      ),
    );
    return tools;
  }

  editor(act) {
    const form = element("form", "tv-editor");
    const bases = input("text", "Bases in place of these", "", () => {});
    bases.placeholder = "Replace by: ACGT, or nothing";
    bases.pattern = "[ACGTacgt\\s]*";
    bases.title = "A, C, G and T; empty deletes what is selected";
    form.append(bases, element("button", "tv-button", { type: "submit" }, "Edit"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      act("edit", bases.value);
    });
    return form;
  }

  marker(act) {
    const form = element("form", "tv-marker");
    const colours = element("fieldset", "", {}, element("legend", "", {}, "Colour"));
    COLOURS.forEach((colour, i) => {
      const one = element("input", "", {
        type: "radio",
        name: "colour",
        value: colour,
        "aria-label": colour,
      });
      one.checked = i === 0;
      one.style.accentColor = colour;
      one.style.setProperty("--colour", colour);
      colours.append(one);
    });
    const label = input("text", "Label of the highlight", "", () => {});
    label.placeholder = "Label";
    label.maxLength = 60;
    form.append(colours, label, element("button", "tv-button", { type: "submit" }, "Highlight"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      act("highlight", new FormData(form).get("colour"), label.value);
    });
    return form;
  }
}

/** How much junctions inside a stretch are used, the most used first; nothing without any. */
function junctionsOf({ junctions = [], junctionsLeftOut = 0 }) {
  if (!junctions.length) return [];
  const rows = junctions
    .slice(0, MOST_JUNCTIONS)
    .map(({ name, tissue, unit, value, alt }) => [
      name,
      tissue,
      alt === undefined ? short(value) : `${short(value)} → ${short(alt)}`,
      unit,
    ]);
  const more = junctions.length - rows.length;
  const words = [];
  if (more) words.push(`${number(more)} weaker junctions are in the file`);
  if (junctionsLeftOut) words.push(`${number(junctionsLeftOut)} weaker ones are not told`);
  const usage = junctions[0].alt === undefined ? "Usage" : "Usage REF → ALT";
  const listed = table(["Junction inside", "Tissue", usage, "Unit"], rows);
  return words.length ? [listed, element("p", "tv-quiet", {}, `${words.join("; ")}.`)] : [listed];
}

/** A line for each junction and allele: it has one value, and no mean. */
function junctionLines({ junctions = [] }) {
  return junctions.flatMap(({ name, tissue, unit, value, alt, first, last }) =>
    [
      [alt === undefined ? "" : "REF", value],
      ["ALT", alt],
    ]
      .filter(([, usage]) => usage !== undefined)
      .map(([allele, usage]) =>
        [`Junction ${name}, ${tissue}`, allele, unit, "", usage, `${first}-${last}`].join("\t"),
      ),
  );
}

/** What the panel of a stretch shows, as a file; positions are 1-based and both ends included. */
export function tsvOf(told, place) {
  const head = [`# ${place}`, ...(told.sequence ? [`# ${told.sequence}`] : [])];
  const rows = told.rows.map((row) =>
    [row.title, row.allele ?? "", row.unit, row.mean, row.max, row.where ?? row.at].join("\t"),
  );
  const names = "track\tallele\tunit\tmean\tmaximum\tmaximum_at";
  return [...head, names, ...rows, ...junctionLines(told), ""].join("\n");
}
