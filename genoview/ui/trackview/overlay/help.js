// The list of keys and gestures, which `?` opens.
import { button, element } from "./dom.js";

const GESTURES = [
  ["Drag", "pan"],
  ["Ctrl or Shift + wheel, pinch", "zoom around the pointer"],
  ["Drag along the ruler", "zoom to what you mark"],
  ["Shift + drag on the rows", "select a stretch: sequence, mean, maximum, highlight"],
  ["Click", "pin the values of that base, or open the card of a gene, a site, an arc or an entry"],
  ["Click on the chromosome", "go there"],
  ["Double click", "zoom in, with Shift out"],
  ["← →", "pan, with Shift by half the width"],
  ["+ −", "zoom"],
  ["F, B", "next and previous gene, with Shift splice site"],
  ["V", "back to the variant; a width such as 1 kb is around it too"],
  ["C", "the next card in view, with Shift the previous; Enter goes into it"],
  ["Home", "the whole window"],
  ["Ctrl + Z, Ctrl + Shift + Z", "undo and redo of the view"],
  ["/", "to the search box"],
  ["Esc", "close, unpin, unselect"],
  ["?", "this list"],
];

/** @returns a dialog; `showModal()` opens it. */
export function helpDialog() {
  const list = element("dl");
  for (const [keys, words] of GESTURES) {
    list.append(element("dt", "", {}, keys), element("dd", "", {}, words));
  }
  const dialog = element("dialog", "tv-help", { "aria-label": "Keys and gestures" });
  const heading = element("h2", "", {}, "Keys and gestures");
  dialog.append(
    heading,
    list,
    button("Close", "", () => dialog.close(), "tv-button"),
  );
  return dialog;
}
