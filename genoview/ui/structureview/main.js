// A structure on the page: 3Dmol draws it, a click picks a residue and shows its codon in the
// tracks, and a base that is clicked in the tracks picks its residue.
import { announceGo, onBase } from "../trackview/wire/other_views.js";
import { Picture } from "./picture.js";
import { codonOf, placeAt } from "./residues.js";

/** @import { Payload } from "./residues.js" */
/** @typedef {{ assets: string, molecules: string }} Urls */
/**
 * @typedef {object} Component What Streamlit gives.
 * @property {Uint8Array<ArrayBuffer>} data of component.py's encode()
 * @property {HTMLElement} parentElement
 * @property {(name: "pick", value: { place: number, title: string, at: number }) => void} setStateValue
 */

/** @type {WeakMap<HTMLElement, Place>} by parent element */
const places = new WeakMap();

class Place {
  removed = new AbortController();
  calls = 0;
  /** @type {Payload | null} */
  payload = null;
  /** @type {number | null} what was picked and is not shown yet */
  sent = null;
  /** @type {Component["setStateValue"]} */
  send = () => {};

  /** @param {HTMLElement} parent @param {Urls} urls */
  constructor(parent, urls) {
    this.picture = new Picture(parent, urls.molecules, (place) => this.pick(place, true));
    onBase((base) => {
      const place = this.payload ? placeAt(this.payload, base) : undefined;
      if (place !== undefined) this.pick(place, false);
    }, this.removed.signal);
  }

  /** @param {number} place @param {boolean} go whether the tracks go to its codon */
  pick(place, go) {
    const { payload } = this;
    if (!payload) return;
    const codon = codonOf(payload, place);
    if (go && codon) announceGo(codon);
    // A residue that was picked before may be picked again: the time makes it another pick.
    if (place === payload.selected && this.sent === null) return;
    this.sent = place;
    this.send("pick", { place, title: payload.title, at: Date.now() });
  }

  /** @param {Component} component */
  async receive({ data, setStateValue }) {
    this.send = setStateValue;
    this.payload = await unpacked(data);
    if (this.payload.selected === this.sent) this.sent = null;
    await this.picture.show(this.payload);
  }

  remove() {
    this.removed.abort();
    this.picture.remove();
  }
}

/** @param {Uint8Array<ArrayBuffer>} data @returns {Promise<Payload>} */
async function unpacked(data) {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** @param {string} url */
function loadStyles(url) {
  if (document.querySelector(`link[href="${url}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  document.head.append(link);
}

/** @param {Component} component @param {Urls} urls */
export function mount(component, urls) {
  const parent = component.parentElement;
  loadStyles(`${urls.assets}structureview/structure.css`);
  const place = places.get(parent) ?? new Place(parent, urls);
  places.set(parent, place);
  place.calls += 1;
  const call = place.calls;
  place.receive(component);
  return () => {
    if (call < place.calls) return;
    place.remove();
    places.delete(parent);
  };
}
