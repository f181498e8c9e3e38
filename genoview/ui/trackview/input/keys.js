// What each key does: in the figure, and on the whole page.

/** @import { Gesture } from "./actions.js" */

export const KEY_ZOOM = 2;
/** @type {Record<string, Gesture>} */
const PAGE_KEYS = { "/": ["search"], "?": ["help"], v: ["variant"] };
const KEY_PAN = 0.1; // share of the width
const KEY_PAN_FAR = 0.5; // with Shift

/**
 * What a key does in the figure, or undefined if it is not ours.
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "target">
 *   } event
 * @returns {Gesture | undefined}
 */
export function keyAction(event) {
  const { key, shiftKey } = event;
  if (event.ctrlKey || event.metaKey) {
    if (event.altKey || key.toLowerCase() !== "z") {
      return event.ctrlKey && key.toLowerCase() === "y" && !event.altKey ? ["redo"] : undefined;
    }
    return [shiftKey ? "redo" : "undo"];
  }
  if (event.altKey) return undefined;
  const share = shiftKey ? KEY_PAN_FAR : KEY_PAN;
  const stops = shiftKey ? "site" : "stop";
  switch (/^[FBCV]$/.test(key) ? key.toLowerCase() : key) {
    case "ArrowLeft":
      return ["pan", -share];
    case "ArrowRight":
      return ["pan", share];
    case "+":
    case "=":
      return ["zoom", 1 / KEY_ZOOM];
    case "-":
    case "_":
      return ["zoom", KEY_ZOOM];
    case "Home":
      return ["whole"];
    case "f":
      return [stops, 1];
    case "b":
      return [stops, -1];
    case "v":
      return ["variant"];
    case "c":
      return ["card", shiftKey ? -1 : 1];
    case "Enter": // on the figure, not on a button
      return isFigure(event.target) ? ["enter-card"] : undefined;
    case "Escape":
      return ["escape"];
    default:
      return undefined;
  }
}

/** @param {EventTarget | null} target */
const isFigure = (target) =>
  !!(/** @type {Element | null} */ (target)?.classList?.contains("tv-figure"));

/** @param {EventTarget | null} target */
const isTyping = (target) =>
  !!(
    /** @type {Element | null} */ (target)?.closest?.(
      "input, textarea, select, [contenteditable=true]",
    )
  );

/**
 * `/`, `?` and `V` count on the whole page: to the search box and back to the variant from anywhere.
 * @param {AbortSignal} signal
 * @param {(...gesture: Gesture) => void} act
 */
export function listenToPage(signal, act) {
  document.addEventListener(
    "keydown",
    (event) => {
      const gesture = PAGE_KEYS[event.key.toLowerCase()];
      if (!gesture) return;
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act(...gesture);
    },
    { signal },
  );
}

/**
 * @param {HTMLElement} root where keys count: the figure and its buttons
 * @param {AbortSignal} signal
 * @param {(...gesture: Gesture) => void} act
 */
export function listenToKeys(root, signal, act) {
  root.addEventListener(
    "keydown",
    (event) => {
      if (isTyping(event.target) && event.key !== "Escape") return;
      const action = keyAction(event);
      if (!action) return;
      event.preventDefault();
      event.stopPropagation();
      act(...action);
    },
    { signal },
  );
}
