// The figure's own buttons: names for a screen reader, reachable by keyboard, 24 px or larger.

const BUTTONS = [
  { action: "zoom-in", name: "Zoom in", path: "M8 3v10M3 8h10" },
  { action: "zoom-out", name: "Zoom out", path: "M3 8h10" },
  { action: "whole", name: "Whole window", path: "M2 4v8M14 4v8M4.5 8h7M6.5 6l-2 2 2 2M9.5 6l2 2-2 2" },
  { action: "png", name: "Save the view as PNG", text: "PNG" },
  { action: "svg", name: "Save the view as SVG", text: "SVG" },
];

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function button({ action, name, path, text }, onAction) {
  const node = document.createElement("button");
  node.type = "button";
  node.dataset.action = action;
  node.title = name;
  node.setAttribute("aria-label", name);
  node.append(path ? icon(path) : text);
  node.addEventListener("click", () => onAction(action));
  return node;
}

/** @returns the bar; `onAction` gets zoom-in, zoom-out, whole, png or svg. */
export function toolbar(onAction) {
  const bar = document.createElement("div");
  bar.className = "tv-tools";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "View");
  bar.append(...BUTTONS.map((facts) => button(facts, onAction)));
  return bar;
}
