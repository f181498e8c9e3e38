// The bytes that packing.py makes: uint32 length, JSON, padding to 8, then the arrays.

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

/** @returns {data, layout}: the figure with typed arrays over `buffer` itself. */
export function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(buffer, 4, length));
  const { figure, arrays } = JSON.parse(text);
  const begin = Math.ceil((4 + length) / ALIGNMENT) * ALIGNMENT;
  const made = arrays.map(({ kind, length: n, at }) => new KINDS[kind](buffer, begin + at, n));
  return filled(figure, made);
}

function filled(value, arrays) {
  if (Array.isArray(value)) return value.map((one) => filled(one, arrays));
  if (value === null || typeof value !== "object") return value;
  if (typeof value.$ === "number") return arrays[value.$];
  for (const key of Object.keys(value)) value[key] = filled(value[key], arrays);
  return value;
}
