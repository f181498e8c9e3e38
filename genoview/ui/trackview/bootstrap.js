// What Streamlit loads: it fetches the modules from their own route, where browsers keep them.
// __ASSETS__ and __PLOTLY__ are filled in by component.py, never with a reader's text.
const assets = new URL("__ASSETS__", document.baseURI).href;
const urls = { assets, plotly: `${assets}__PLOTLY__` };
const trackView = import(`${assets}view/main.js`);
trackView.catch(() => {}); // answered below, at every call

/** @param {any} component */
export default async function draw(component) {
  try {
    return (await trackView).mount(component, urls);
  } catch {
    const text = document.createElement("p");
    text.setAttribute("role", "alert");
    text.textContent =
      "The tracks cannot be drawn because their script did not load from this server; " +
      "reload the page, and start the dashboard with `streamlit run app.py`.";
    component.parentElement.replaceChildren(text);
    return undefined;
  }
}
