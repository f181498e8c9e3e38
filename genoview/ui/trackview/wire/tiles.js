// What this server answers past Streamlit: tiles, values, stretches and cards, from `address`.
import { unpack } from "./packing.js";

/** @import { BaseValues, Card, Failure, Range, Stretch } from "./types.d.ts" */
/** @import { AnyFigure } from "./packing.js" */

const KEEP = 32; // tiles at hand, so that undo and a pan back need no server
const EXPIRED = 204; // of an address whose page has another by now: no error, nothing to say

/** The server no longer knows what this page shows: the page must ask Python anew. */
export class Forgotten extends Error {}

/** @param {Response} answer */
async function failure(answer) {
  const text = await answer.json().then(
    (/** @type {Failure} */ refusal) => refusal.error,
    () => `error ${answer.status}`,
  );
  return new Error(text);
}

export class Tiles {
  /** @param {string} address @param {AbortSignal} signal */
  constructor(address, signal) {
    this.address = address;
    this.signal = signal;
    /** @type {Map<string, Promise<AnyFigure>>} by query, the least recently used first */
    this.cache = new Map();
  }

  /**
   * The figure of a range of x at a width in pixels.
   * @param {Range} range
   * @param {number} width
   */
  tile([left, right], width) {
    const query = queryOf({ left, right, width });
    const cached = this.cache.get(query);
    const figure =
      cached ??
      this.fetch(`tile?${query}`).then(async (answer) => unpack(await answer.arrayBuffer()));
    if (!cached) figure.catch(() => this.cache.delete(query));
    this.cache.delete(query);
    this.cache.set(query, figure);
    if (this.cache.size > KEEP) this.cache.delete([...this.cache.keys()][0]);
    return figure;
  }

  /** @param {number} x @returns {Promise<BaseValues>} */
  async values(x) {
    return (await this.fetch(`values?${queryOf({ x })}`)).json();
  }

  /** @param {number} left @param {number} right @returns {Promise<Stretch>} */
  async stretch(left, right) {
    return (await this.fetch(`stretch?${queryOf({ left, right })}`)).json();
  }

  /** @param {string} kind @param {string} key @returns {Promise<Card>} */
  async card(kind, key) {
    return (await this.fetch(`card?${queryOf({ kind, key })}`)).json();
  }

  /** @param {string} what */
  async fetch(what) {
    const answer = await fetch(this.address + what, { signal: this.signal, cache: "no-store" });
    if (answer.status === EXPIRED) throw new Forgotten("This view has expired on the server.");
    if (!answer.ok) throw await failure(answer);
    return answer;
  }
}

/** @param {Record<string, string | number>} values */
function queryOf(values) {
  const texts = Object.entries(values).map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(texts).toString();
}
