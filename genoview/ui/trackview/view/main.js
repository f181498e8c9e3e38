// The track view in the browser, from left to right, where a room imports from those before it:
//
//   Python's bytes --wire--> figure --canvas--> picture, then Plotly --overlay--> marks, buttons,
//   panels over it --input--> what a gesture or key does --view--> one TrackView a place
//
// `wire` reads headers, figures and answers of the server (their types are Python's, see
// wire_types.py) and writes the page's address. `canvas` paints a figure at a range of x, by itself
// at once and by Plotly when the reader rests. `overlay` holds what lies over and beside the
// picture. `input` turns pointers and keys into actions, and finds what lies under a pointer.
// `view` ties them together: the reader's range, its history, and finer tiles for it.
//
// Streamlit calls mount() at the start and again at each rerun; one TrackView lives per place.
import { TrackView } from "./track_view.js";

/** @import { Act, ViewportReport } from "../wire/types.d.ts" */
/** @import { Urls } from "./track_view.js" */
/**
 * @typedef {object} Component What Streamlit gives.
 * @property {Uint8Array<ArrayBuffer>} data of component.py's encode()
 * @property {HTMLElement} parentElement
 * @property {(name: "viewport", value: ViewportReport) => void} setStateValue
 * @property {(name: "act", value: Act) => void} setTriggerValue
 */

/** @type {WeakMap<HTMLElement, { view: TrackView, calls: number }>} by parent element */
const views = new WeakMap();

/** @param {string} url */
function loadStyles(url) {
  const known = document.querySelector(`link[href="${url}"]`);
  if (known) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  document.head.append(link);
}

/**
 * @param {Component} component
 * @param {Urls} urls
 * @returns what Streamlit calls when the component leaves the page, but also, where this script
 *   was slow to load, for a call that a later one on the same element has overtaken.
 */
export function mount(component, urls) {
  const parent = component.parentElement;
  loadStyles(`${urls.assets}trackview.css`);
  const place = views.get(parent) ?? { view: new TrackView(parent, urls), calls: 0 };
  views.set(parent, place);
  place.calls += 1;
  const call = place.calls;
  place.view.python.receive(
    component.data,
    (report) => component.setStateValue("viewport", report),
    (act) => component.setTriggerValue("act", act),
  );
  return () => {
    if (call < place.calls) return;
    place.view.remove();
    views.delete(parent);
  };
}
