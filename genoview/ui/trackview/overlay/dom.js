// Small helpers for nodes; text is always set as text.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, className = "", attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/**
 * A button; a `name` that differs from its text is for a screen reader.
 * @param {Node | string} text
 * @param {string} name
 * @param {() => void} onClick
 * @param {string} className
 */
export function button(text, name, onClick, className = "") {
  const node = element("button", className, { type: "button" }, text);
  if (name) {
    node.setAttribute("aria-label", name);
    node.title = name;
  }
  node.addEventListener("click", onClick);
  return node;
}

/** A drawing of 16 x 16. @param {string} path */
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

/**
 * @param {string} name
 * @param {Record<string, string>} options value -> words
 * @param {string} value
 * @param {(value: string) => void} onChange
 */
export function select(name, options, value, onChange) {
  const node = element("select", "", { "aria-label": name });
  for (const [key, words] of Object.entries(options)) node.append(new Option(words, key));
  node.value = value;
  node.addEventListener("change", () => onChange(node.value));
  return node;
}

/**
 * @param {string} type
 * @param {string} name
 * @param {string} value
 * @param {(value: string) => void} onChange
 */
export function input(type, name, value = "", onChange = () => {}) {
  const node = element("input", "", { type, "aria-label": name });
  node.value = value;
  node.addEventListener("change", () => onChange(node.value));
  return node;
}

/** @param {string} name @param {boolean} checked @param {(checked: boolean) => void} onChange */
export function checkbox(name, checked, onChange) {
  const node = element("input", "", { type: "checkbox", "aria-label": name });
  node.checked = checked;
  node.addEventListener("change", () => onChange(node.checked));
  return node;
}
