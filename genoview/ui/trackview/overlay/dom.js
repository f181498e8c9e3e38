// Small helpers for nodes; text is always set as text.

export function element(tag, className, attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** A button; a `name` that differs from its text is for a screen reader. */
export function button(text, name, onClick, className = "") {
  const node = element("button", className, { type: "button" }, text);
  if (name) {
    node.setAttribute("aria-label", name);
    node.title = name;
  }
  node.addEventListener("click", onClick);
  return node;
}

/** A drawing of 16 x 16. */
export function icon(path) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export function select(name, options, value, onChange) {
  const node = element("select", "", { "aria-label": name });
  for (const [key, words] of Object.entries(options)) node.append(new Option(words, key));
  node.value = value;
  node.addEventListener("change", () => onChange(node.value));
  return node;
}

export function input(type, name, value, onChange) {
  const node = element("input", "", { type, "aria-label": name });
  if (type === "checkbox") node.checked = value;
  else node.value = value;
  node.addEventListener("change", () => onChange(type === "checkbox" ? node.checked : node.value));
  return node;
}

export const number = (value) => new Intl.NumberFormat("en-US").format(value);

/** A value with three digits that count. */
export function short(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e5 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}
