// Streamlit calls mount() at the start and again at each rerun; one TrackView lives per place.
import { TrackView } from "./trackview.js";

const views = new WeakMap(); // parent element -> TrackView

function loadStyles(url) {
  const known = document.querySelector(`link[href="${url}"]`);
  if (known) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  document.head.append(link);
}

/** @returns what Streamlit calls when the component leaves the page. */
export function mount(component, urls) {
  const parent = component.parentElement;
  loadStyles(`${urls.assets}trackview.css`);
  if (!views.has(parent)) views.set(parent, new TrackView(parent, urls));
  const view = views.get(parent);
  view.receive(
    component.data,
    (sent) => component.setStateValue("viewport", sent),
    (act) => component.setTriggerValue("act", act),
  );
  return () => {
    view.remove();
    views.delete(parent);
  };
}
