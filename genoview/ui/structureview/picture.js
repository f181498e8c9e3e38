// 3Dmol.js on the page: loading it once, drawing, and one sentence where it cannot draw.
import { bandsInView, colourOf, placeOf, selectionOf } from "./residues.js";

/** @import { AtomOf3Dmol, Payload } from "./residues.js" */
/** @typedef {any} Viewer 3Dmol's; only what `Picture` calls is used. */

const NO_WEBGL =
  "This browser has no WebGL, so the structure is not drawn; what stands beside it was computed " +
  "from the same file.";
const NO_SCRIPT = "The structure cannot be drawn: its script did not load. Reload the page.";
const GROUND = { light: "#ffffff", dark: "#0e1117" };
const INK = { light: "#1a1c24", dark: "#fafafa" };
const SELECTED = "#d4006a"; // carbon of the residue that changes
const NEAR_A = 5;

/** @type {Promise<any> | null} */
let library = null;

/** @param {string} url @returns {Promise<any>} */
function load3Dmol(url) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => {
      const { $3Dmol } = /** @type {any} */ (window);
      if ($3Dmol) resolve($3Dmol);
      else reject(new Error("no 3Dmol"));
    };
    script.onerror = () => {
      library = null;
      script.remove();
      reject(new Error("no 3Dmol"));
    };
    document.head.append(script);
  });
  return library;
}

function hasWebGl() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}

/** @param {string} tag @param {string} name @returns {HTMLElement} */
function element(tag, name) {
  const made = document.createElement(tag);
  made.className = name;
  return made;
}

export class Picture {
  /** @type {Viewer} */
  viewer = null;
  drawn = ""; // the structure that is in the viewer
  /** @type {AtomOf3Dmol[]} */
  atoms = [];

  /** @param {HTMLElement} parent @param {string} url @param {(place: number) => void} onPick */
  constructor(parent, url, onPick) {
    this.url = url;
    this.onPick = onPick;
    this.box = element("div", "sv-box");
    this.legend = element("ul", "sv-legend");
    this.note = element("p", "sv-note");
    this.root = element("section", "sv");
    this.root.setAttribute("aria-label", "Structure");
    this.box.setAttribute("role", "img");
    // A plain wheel scrolls the page, as over the tracks; with Ctrl or Shift it zooms.
    this.box.addEventListener("wheel", stopPlain, { capture: true });
    this.root.append(this.box, this.legend, this.note);
    parent.append(this.root);
  }

  /** @param {Payload} payload */
  async show(payload) {
    this.root.dataset.theme = payload.theme;
    this.box.setAttribute("aria-label", payload.words);
    // Asked once: each question takes one of the few contexts that a browser grants a page.
    if (!this.viewer && !hasWebGl()) return this.say(NO_WEBGL);
    try {
      const molecules = await load3Dmol(this.url);
      if (!this.root.isConnected) return undefined;
      this.viewer ??= molecules.createViewer(this.box, { antialias: true });
      this.draw(payload);
    } catch {
      this.say(NO_SCRIPT);
    }
    return undefined;
  }

  /** @param {string} words */
  say(words) {
    this.root.dataset.state = "none";
    this.note.textContent = words;
    this.note.setAttribute("role", "status");
  }

  /** @param {Payload} payload */
  draw(payload) {
    const { viewer } = this;
    const isNew = this.drawn !== payload.pdb;
    viewer.setBackgroundColor(GROUND[payload.theme], 0);
    if (isNew) {
      viewer.removeAllModels();
      viewer.addModel(payload.pdb, "pdb");
      this.atoms = viewer.selectedAtoms({});
      this.drawn = payload.pdb;
      viewer.setClickable({}, true, (/** @type {AtomOf3Dmol} */ atom) => {
        const place = placeOf(payload, atom);
        if (place !== undefined) this.onPick(place);
      });
    }
    this.style(payload);
    const [selected] = payload.selected === null ? [] : selectionOf(payload, [payload.selected]);
    if (isNew) viewer.zoomTo();
    if (selected) viewer.zoomTo({ ...selected, expand: 2 * NEAR_A, byres: true }, isNew ? 0 : 400);
    viewer.render();
    this.explain(payload);
    this.root.dataset.state = "drawn";
  }

  /** @param {Payload} payload */
  style(payload) {
    const { viewer } = this;
    const colorfunc = (/** @type {AtomOf3Dmol} */ atom) => colourOf(payload, atom);
    viewer.setStyle({}, { cartoon: { colorfunc, thickness: 0.3 } });
    viewer.addStyle({ hetflag: true }, { stick: { radius: 0.15 } });
    for (const near of selectionOf(payload, payload.near)) {
      viewer.addStyle(near, { stick: { radius: 0.12, colorscheme: "lightgrayCarbon" } });
    }
    viewer.removeAllLabels();
    if (payload.selected === null) return;
    for (const selected of selectionOf(payload, [payload.selected])) {
      const custom = {
        prop: "elem",
        map: { C: SELECTED, N: "#3050f8", O: "#ff0d0d", S: "#e6c940" },
      };
      viewer.addStyle(selected, { stick: { radius: 0.28, colorscheme: custom } });
      viewer.addLabel(
        payload.label,
        {
          backgroundColor: GROUND[payload.theme],
          backgroundOpacity: 0.85,
          fontColor: INK[payload.theme],
          fontSize: 14,
          inFront: true,
        },
        selected,
      );
    }
  }

  /** What colours mean, of those in view. @param {Payload} payload */
  explain(payload) {
    const items = bandsInView(payload, this.atoms).map(({ words, colour, above }) => {
      const item = element("li", "");
      const square = element("span", "sv-colour");
      square.style.background = colour;
      item.append(square, `pLDDT ${words}${above > 0 ? ` (above ${above})` : ""}`);
      return item;
    });
    this.legend.replaceChildren(...items);
    this.note.textContent =
      "Drag to turn, Ctrl + wheel or pinch to zoom, click a residue for its codon.";
  }

  remove() {
    this.viewer?.clear();
    this.root.remove();
  }
}

/** @param {WheelEvent} event */
function stopPlain(event) {
  if (!event.ctrlKey && !event.shiftKey) event.stopImmediatePropagation();
}
