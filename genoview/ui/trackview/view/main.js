// Streamlit calls mount() at the start and again at each rerun; one TrackView lives per place.
import { TrackView } from "./track_view.js";

const views = new WeakMap(); // parent element -> { view, calls: how often it was mounted }

function loadStyles(url) {
  const known = document.querySelector(`link[href="${url}"]`);
  if (known) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  document.head.append(link);
}

/**
 * @returns what Streamlit calls when the component leaves the page, but also, where this script
 *   was slow to load, for a call that a later one on the same element has overtaken.
 */
export function mount(component, urls) {
  const parent = component.parentElement;
  loadStyles(`${urls.assets}trackview.css`);
  if (!views.has(parent)) views.set(parent, { view: new TrackView(parent, urls), calls: 0 });
  const place = views.get(parent);
  place.calls += 1;
  const call = place.calls;
  place.view.receive(
    component.data,
    (sent) => component.setStateValue("viewport", sent),
    (act) => component.setTriggerValue("act", act),
  );
  return () => {
    if (call < place.calls) return;
    place.view.remove();
    views.delete(parent);
  };
}
