// plotly.js: loading it once, drawing a figure at the reader's range, and saving it as a file.

const CONFIG = {
  displaylogo: false,
  displayModeBar: false, // the toolbar beside the figure has names and can be reached by keyboard
  modeBarButtonsToRemove: ["sendChartToCloud"],
  showSendToCloud: false,
  plotlyServerURL: "",
  scrollZoom: false, // a plain wheel belongs to the page; hands.js takes it with Ctrl or Shift
  doubleClick: false,
  showAxisDragHandles: false,
  showTips: false,
  responsive: false, // the width is followed with a ResizeObserver
};

let library = null;

export function loadPlotly(url) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => (window.Plotly ? resolve(window.Plotly) : reject(new Error("no Plotly")));
    script.onerror = () => {
      library = null; // the next draw tries again
      script.remove();
      reject(new Error("plotly.js did not load from this server"));
    };
    document.head.append(script);
  });
  return library;
}

// The figure's layout with what a track view needs: axes that only hands.js moves, one crosshair.
export function arranged(layout, { range, width, subject }) {
  const out = { hovermode: "x unified", hoversubplots: "axis", ...layout };
  Object.assign(out, { dragmode: false, autosize: false, width, uirevision: subject });
  for (const name of Object.keys(out).filter((key) => /^yaxis\d*$/.test(key))) {
    out[name] = { ...out[name], fixedrange: true };
  }
  out.yaxis ??= { fixedrange: true };
  const crosshair = { showspikes: true, spikemode: "across", spikesnap: "cursor" };
  const line = { spikethickness: 1, spikedash: "solid" };
  const kept = { autorange: false, range: [...range], fixedrange: true };
  out.xaxis = { ...crosshair, ...line, ...out.xaxis, ...kept };
  return out;
}

export function react(Plotly, box, figure, place) {
  return Plotly.react(box, figure.data, arranged(figure.layout, place), CONFIG);
}

/** The box as it was before Plotly, which a figure that failed leaves half drawn. */
export function clear(box) {
  for (const name of Object.keys(box)) delete box[name]; // what Plotly keeps of a figure
  box.replaceChildren();
}

/** The figure's own ground, or undefined where it lets the page shine through. */
export function groundOf({ paper_bgcolor: paper = "" } = {}) {
  return /^$|transparent|,\s*0(\.0+)?\)$/.test(paper) ? undefined : paper;
}

/** The whole figure at the range on screen, on an opaque `ground`, 2 pixels a point in a PNG. */
export function save(Plotly, box, format, fileStem, ground) {
  const layout = { ...box.layout, paper_bgcolor: ground };
  const { width, height } = box._fullLayout;
  const scale = format === "png" ? 2 : 1;
  return Plotly.downloadImage(
    { data: box.data, layout, config: CONFIG },
    { format, filename: fileStem, scale, width, height },
  );
}
