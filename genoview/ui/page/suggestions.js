// A list of suggestions beneath the search box, by the pattern "editable combobox with list
// autocomplete" of the ARIA Authoring Practices. Typed text stays as it is until one is chosen.

const LIST = "gv-suggestions";
const PAUSE_MS = 60; // since the last key, before the server is asked
const READING_MS = 400; // until it is asked again, where it is still reading the names
const READING = 202; // the server's status then
const KINDS = { gene: "gene", transcript: "transcript", saved: "saved", history: "history" };

class Suggestions {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.label = "";
    this.address = "";
    this.items = [];
    this.active = -1;
    this.timer = 0;
    this.asked = 0;
    this.list = document.createElement("ul");
    this.list.id = LIST;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.list.hidden = true;
    parent.replaceChildren(this.list);
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // keep the focus
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.choose(Number(row.dataset.index));
    });
    this.listeners = [
      ["input", (event) => this.typed(event)],
      ["keydown", (event) => this.pressed(event)],
      ["focusin", (event) => this.focused(event)],
      ["focusout", (event) => this.isBox(event.target) && this.close()],
      ["scroll", (event) => event.target !== this.list && this.close()],
    ];
    for (const [name, listener] of this.listeners) document.addEventListener(name, listener, true);
    this.resized = () => this.close();
    window.addEventListener("resize", this.resized);
  }

  remove() {
    this.close();
    for (const [name, listener] of this.listeners)
      document.removeEventListener(name, listener, true);
    window.removeEventListener("resize", this.resized);
    this.list.remove();
  }

  isBox(element) {
    return element instanceof HTMLInputElement && element.ariaLabel === this.label;
  }

  focused(event) {
    if (!this.isBox(event.target)) return;
    this.box = event.target;
    const facts = { role: "combobox", "aria-autocomplete": "list", "aria-controls": LIST };
    for (const [name, value] of Object.entries(facts)) this.box.setAttribute(name, value);
    this.box.setAttribute("aria-expanded", String(!this.list.hidden));
    fetch(this.address).catch(() => {}); // begins to read the names
  }

  typed(event) {
    if (!this.isBox(event.target) || event.isTrusted === false) return;
    this.box = event.target;
    clearTimeout(this.timer);
    const text = this.box.value.trim();
    if (!text) this.close();
    else this.timer = setTimeout(() => this.ask(text), PAUSE_MS);
  }

  async ask(text) {
    this.asked += 1;
    const number = this.asked;
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(text)}`);
      const items = answer.ok ? await answer.json() : [];
      const isLate = number !== this.asked || document.activeElement !== this.box;
      if (isLate || this.box.value.trim() !== text) return;
      this.show(items);
      if (answer.status === READING) this.timer = setTimeout(() => this.ask(text), READING_MS);
    } catch {
      this.close(); // without the server the box is as it was
    }
  }

  show(items) {
    this.items = items;
    this.active = -1;
    this.list.replaceChildren(...items.map((item, index) => this.row(item, index)));
    this.list.hidden = items.length === 0;
    this.box.setAttribute("aria-expanded", String(!this.list.hidden));
    this.box.removeAttribute("aria-activedescendant");
    const place = (this.box.closest("[data-baseweb=input]") ?? this.box).getBoundingClientRect();
    const room = window.innerHeight - place.bottom - 8;
    const size = { left: place.left, top: place.bottom + 4, width: place.width };
    for (const [name, value] of Object.entries(size)) this.list.style[name] = `${value}px`;
    this.list.style.maxHeight = `${Math.max(room, 120)}px`;
  }

  row(item, index) {
    const row = document.createElement("li");
    row.id = `${LIST}-${index}`;
    row.dataset.index = String(index);
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    const parts = { b: item.text, span: item.words, i: KINDS[item.kind] ?? "" };
    for (const [tag, text] of Object.entries(parts)) {
      const part = document.createElement(tag);
      part.textContent = text;
      row.append(part, " ");
    }
    return row;
  }

  pressed(event) {
    if (!this.isBox(event.target) || this.list.hidden || event.isComposing) return;
    const last = this.items.length - 1;
    if (event.key === "ArrowDown") this.point(this.active === last ? -1 : this.active + 1);
    else if (event.key === "ArrowUp") this.point(this.active < 0 ? last : this.active - 1);
    else if (event.key === "Enter" && this.active >= 0) this.choose(this.active);
    else {
      if (event.key === "Escape" || event.key === "Enter" || event.key === "Tab") this.close();
      if (event.key !== "Escape") return; // of the box itself
    }
    event.preventDefault();
    event.stopPropagation();
  }

  point(index) {
    this.active = index;
    [...this.list.children].forEach((row, at) => {
      row.setAttribute("aria-selected", String(at === index));
      if (at === index) row.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) this.box.removeAttribute("aria-activedescendant");
    else this.box.setAttribute("aria-activedescendant", `${LIST}-${index}`);
  }

  choose(index) {
    const { box } = this;
    const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    setter.call(box, this.items[index].text); // as a key would, so that Streamlit takes it
    box.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
    setTimeout(() => box.blur()); // Streamlit takes a text when the box is left
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1; // an answer that is under way comes too late
    this.list.hidden = true;
    this.active = -1;
    this.box?.setAttribute("aria-expanded", "false");
    this.box?.removeAttribute("aria-activedescendant");
  }
}

/** @type {WeakMap<object, Suggestions>} */
const shown = new WeakMap();

/** @param {any} component */
export default function draw(component) {
  const parent = component.parentElement;
  const suggestions = shown.get(parent) ?? new Suggestions(parent);
  shown.set(parent, suggestions);
  suggestions.label = component.data.label;
  suggestions.address = new URL(component.data.address, document.baseURI).href;
  return () => {
    suggestions.remove();
    shown.delete(parent);
  };
}
