// plotly.js: loading it once, drawing a figure at the reader's range, and saving it as a file.
// Nothing else calls Plotly, and nothing here reads its private fields (`_fullLayout`, ...).

/** @import { Range } from "../wire/types.d.ts" */
/** @import { AnyFigure, AnyLayout } from "../wire/packing.js" */
/** @import { Frame } from "./frame.js" */

/**
 * @typedef {{ range: Range, width: number, subject: string | null }} Place
 *   x in view, px of the whole figure, and what is shown.
 * @typedef {HTMLElement & { data?: unknown, layout?: AnyLayout }} PlotBox
 *   The node that Plotly draws in, with what it was given.
 */
/**
 * @typedef {object} PlotlyLibrary What is called of it.
 * @property {(box: HTMLElement, data: unknown, layout: object, config: object) => Promise<unknown>
 *   } react
 * @property {(figure: object, options: object) => Promise<unknown>} downloadImage
 * @property {(box: HTMLElement) => void} purge
 * @property {{ unhover(box: HTMLElement): void }} Fx
 */

const HEIGHT = 450; // px, Plotly's own where a figure names none
const CONFIG = {
  displaylogo: false,
  displayModeBar: false, // the toolbar beside the figure has names and can be reached by keyboard
  modeBarButtonsToRemove: ["sendChartToCloud"],
  showSendToCloud: false,
  plotlyServerURL: "",
  scrollZoom: false, // a plain wheel belongs to the page; gestures.js takes it with Ctrl or Shift
  doubleClick: false,
  showAxisDragHandles: false,
  showTips: false,
  responsive: false, // the width is followed with a ResizeObserver
};

/** @type {Promise<PlotlyLibrary> | null} */
let library = null;

/** @param {string} url */
export function loadPlotly(url) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => {
      const { Plotly } = /** @type {Window & { Plotly?: PlotlyLibrary }} */ (window);
      if (Plotly) resolve(Plotly);
      else reject(new Error("no Plotly"));
    };
    script.onerror = () => {
      library = null; // the next draw tries again
      script.remove();
      reject(new Error("plotly.js did not load from this server"));
    };
    document.head.append(script);
  });
  return library;
}

/**
 * The figure's layout with what a track view needs: axes that only gestures move, one crosshair.
 * @param {AnyLayout} layout
 * @param {Place} place
 */
export function arranged(layout, { range, width, subject }) {
  /** @type {Record<string, any>} */
  const out = { hovermode: "x unified", hoversubplots: "axis", ...layout };
  Object.assign(out, { dragmode: false, autosize: false, width, uirevision: subject });
  for (const name of Object.keys(out).filter((key) => /^yaxis\d*$/.test(key))) {
    out[name] = { ...out[name], fixedrange: true };
  }
  out.yaxis ??= { fixedrange: true };
  const crosshair = { showspikes: true, spikemode: "across", spikesnap: "cursor" };
  const line = { spikethickness: 1, spikedash: "solid" };
  const view = { autorange: false, range: [...range], fixedrange: true };
  out.xaxis = { ...crosshair, ...line, ...out.xaxis, ...view };
  return out;
}

/**
 * @param {PlotlyLibrary} Plotly
 * @param {PlotBox} box
 * @param {AnyFigure} figure
 * @param {Place} place
 */
export function react(Plotly, box, figure, place) {
  return Plotly.react(box, figure.data, arranged(figure.layout, place), CONFIG);
}

/**
 * Where the rows of a figure lie that leaves its margins to Plotly: measured, since Plotly has no
 * public word for them. Every row has a sheet that takes drags.
 * @param {HTMLElement} box
 * @param {Range} range
 * @returns {Frame | null}
 */
export function measuredFrame(box, range) {
  const corner = box.getBoundingClientRect();
  const rows = [...box.querySelectorAll(".nsewdrag")].map((row) => row.getBoundingClientRect());
  if (!rows.length) return null;
  const left = Math.min(...rows.map((row) => row.left));
  const top = Math.min(...rows.map((row) => row.top));
  const width = Math.max(...rows.map((row) => row.right)) - left;
  const height = Math.max(...rows.map((row) => row.bottom)) - top;
  return { left: left - corner.left, top: top - corner.top, width, height, range: [...range] };
}

/**
 * The box as it was before Plotly, which a figure that failed leaves half drawn.
 * @param {PlotBox} box
 */
export function clear(box) {
  // Plotly keeps its figure in the node's own properties; purge() would trip over half of one.
  const own = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (box));
  for (const name of Object.keys(own)) delete own[name];
  box.replaceChildren();
}

/**
 * The figure's own ground, or undefined where it lets the page shine through.
 * @param {AnyLayout} layout
 */
export function groundOf(layout) {
  const paper = layout.paper_bgcolor ?? layout.template?.layout?.paper_bgcolor ?? "";
  return /^$|transparent|,\s*0(\.0+)?\)$/.test(paper) ? undefined : paper;
}

/**
 * The whole figure at the range on screen, on an opaque `ground`, 2 pixels a point in a PNG.
 * @param {PlotlyLibrary} Plotly
 * @param {PlotBox} box
 * @param {"png" | "svg"} format
 * @param {string} fileStem
 * @param {string} ground
 */
export function save(Plotly, box, format, fileStem, ground) {
  const layout = { ...box.layout, paper_bgcolor: ground };
  const { width, height = HEIGHT } = /** @type {{ width?: number, height?: number }} */ (layout);
  const scale = format === "png" ? 2 : 1;
  return Plotly.downloadImage(
    { data: box.data, layout, config: CONFIG },
    { format, filename: fileStem, scale, width, height },
  );
}
