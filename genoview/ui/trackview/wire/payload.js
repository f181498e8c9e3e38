// The bytes that component.py's encode() makes: uint32 length, header as JSON, figure as gzip.
import { unpack } from "./packing.js";

/** @import { Header } from "./types.d.ts" */

/**
 * The header, and the body: it stays compressed until it is known to be new.
 * @param {Uint8Array<ArrayBuffer>} data
 * @returns {{ header: Header, body: Uint8Array<ArrayBuffer> }}
 */
export function split(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const length = view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + length)));
  return { header, body: data.subarray(4 + length) };
}

/** @param {Uint8Array<ArrayBuffer>} body */
export async function figureOf(body) {
  const stream = new Blob([body]).stream().pipeThrough(new DecompressionStream("gzip"));
  return unpack(await new Response(stream).arrayBuffer());
}

/** @param {Uint8Array | undefined} a @param {Uint8Array} b */
export function sameBytes(a, b) {
  return !!a && a.length === b.length && a.every((byte, i) => byte === b[i]);
}
