// What Streamlit loads: it fetches the modules from their own route, where browsers keep them.
// __ASSETS__ and __MOLECULES__ are filled in by component.py, never with a reader's text.
const assets = new URL("__ASSETS__", document.baseURI).href;
const urls = { assets, molecules: `${assets}__MOLECULES__` };
const view = import(`${assets}structureview/main.js`);
view.catch(() => {}); // answered below, at every call

/** @param {any} component */
export default async function draw(component) {
  try {
    return (await view).mount(component, urls);
  } catch {
    const text = document.createElement("p");
    text.setAttribute("role", "alert");
    text.textContent =
      "The structure cannot be drawn because its script did not load from this server; reload " +
      "the page. Its facts stand beside it.";
    component.parentElement.replaceChildren(text);
    return undefined;
  }
}
