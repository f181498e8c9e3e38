// The bytes that packing.py makes: uint32 length, JSON, padding to 8, then the arrays.

/** @import { Layout, Packed, Trace, TypedArray } from "./types.d.ts" */

/**
 * @typedef {Partial<Layout> & { template?: { layout?: { paper_bgcolor?: string } } }} AnyLayout
 * @typedef {{ data: Trace[], layout: AnyLayout }} AnyFigure
 *   A figure, perhaps one that `panels` did not compose: then Plotly alone draws it.
 */

const KINDS = {
  i1: Int8Array,
  u1: Uint8Array,
  i2: Int16Array,
  u2: Uint16Array,
  i4: Int32Array,
  u4: Uint32Array,
  f4: Float32Array,
  f8: Float64Array,
};
const ALIGNMENT = 8;

/**
 * The figure with typed arrays over `buffer` itself.
 * @param {ArrayBuffer} buffer
 * @returns {AnyFigure}
 */
export function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(buffer, 4, length));
  const { figure, arrays } = /** @type {Packed} */ (JSON.parse(text));
  const begin = Math.ceil((4 + length) / ALIGNMENT) * ALIGNMENT;
  const views = arrays.map(({ kind, length: n, at }) => new KINDS[kind](buffer, begin + at, n));
  return filled(figure, views);
}

/** @param {any} value @param {TypedArray[]} arrays @returns {any} */
function filled(value, arrays) {
  if (Array.isArray(value)) return value.map((item) => filled(item, arrays));
  if (value === null || typeof value !== "object") return value;
  if (typeof value.$ === "number") return arrays[value.$];
  for (const key of Object.keys(value)) value[key] = filled(value[key], arrays);
  return value;
}
