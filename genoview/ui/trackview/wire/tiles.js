// What this server answers past Streamlit: tiles, values, stretches and cards, from `address`.
import { unpack } from "./packing.js";

const KEEP = 32; // tiles at hand, so that undo and a pan back need no server

/** The server no longer knows what this page shows: the page must ask Python anew. */
export class Forgotten extends Error {}

async function refusal(answer) {
  const text = await answer.json().then(
    (told) => told.error,
    () => `error ${answer.status}`,
  );
  return answer.status === 410 ? new Forgotten(text) : new Error(text);
}

export class Tiles {
  constructor(address, signal) {
    this.address = address;
    this.signal = signal;
    this.kept = new Map(); // query -> promise of a figure, the least recently used first
  }

  /** The figure of a range of x at a width in pixels. */
  tile([left, right], width) {
    const query = new URLSearchParams({ left, right, width }).toString();
    const known = this.kept.get(query);
    const made =
      known ?? this.ask(`tile?${query}`).then(async (a) => unpack(await a.arrayBuffer()));
    if (!known) made.catch(() => this.kept.delete(query));
    this.kept.delete(query);
    this.kept.set(query, made);
    if (this.kept.size > KEEP) this.kept.delete(this.kept.keys().next().value);
    return made;
  }

  async values(x) {
    return (await this.ask(`values?${new URLSearchParams({ x })}`)).json();
  }

  async stretch(left, right) {
    return (await this.ask(`stretch?${new URLSearchParams({ left, right })}`)).json();
  }

  async card(kind, key) {
    return (await this.ask(`card?${new URLSearchParams({ kind, key })}`)).json();
  }

  async ask(what) {
    const answer = await fetch(this.address + what, { signal: this.signal, cache: "no-store" });
    if (!answer.ok) throw await refusal(answer);
    return answer;
  }
}
