// Bytes of packing.py and component.py: `packed.bin`, which a test of Python holds to be theirs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { unpack } from "../../../genoview/ui/trackview/wire/packing.js";
import { figureOf, sameBytes, split } from "../../../genoview/ui/trackview/wire/payload.js";

const FILE = new Uint8Array(readFileSync(new URL("packed.bin", import.meta.url)));
const figure = () => unpack(FILE.buffer.slice(FILE.byteOffset, FILE.byteOffset + FILE.length));

const KINDS = [
  ["i1", Int8Array, [-128, 0, 127]],
  ["u1", Uint8Array, [0, 1, 255]],
  ["i2", Int16Array, [-32768, 32767]],
  ["u2", Uint16Array, [0, 65535]],
  ["i4", Int32Array, [-2147483648, 2147483647]],
  ["u4", Uint32Array, [0, 4294967295]],
  ["f4", Float32Array, [1.5, Number.NaN, Number.POSITIVE_INFINITY, -0]],
  ["f8", Float64Array, [0.1, -1e300, 43_042_364.5]],
];
for (const [i, [kind, type, values]] of KINDS.entries()) {
  test(`an array of ${kind} comes as it lay in memory`, () => {
    const { x } = figure().data[i];
    assert.ok(x instanceof type);
    assert.deepEqual([...x], values);
  });
}

test("rows of a heat map are arrays, and equal arrays are one", () => {
  const { z } = figure().data[KINDS.length];
  assert.deepEqual(
    z.map((lane) => [...lane]),
    [
      [1, 2],
      [3, 4],
      [1, 2],
    ],
  );
  assert.equal(z[0].byteOffset, z[2].byteOffset);
});

test("what is no array comes as it was", () => {
  const { data, layout } = figure();
  assert.deepEqual(data.at(-1).text, ["A", "é", null]);
  assert.deepEqual(layout, {
    title: "é → ü",
    range: [0, 1.5],
    on: true,
    none: null,
    empty: [{}, [], ""],
  });
});

/** As component.py's encode(). */
function payload(header) {
  const head = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(new Uint32Array([head.length]).buffer);
  return new Uint8Array([7, ...length, ...head, ...gzipSync(FILE)]).subarray(1); // at an odd offset
}

test("header and figure come apart, and the figure whole", async () => {
  const { header, body } = split(payload({ subject: "α" }));
  assert.deepEqual(header, { subject: "α" });
  assert.deepEqual(new Uint8Array(gunzipSync(body)), FILE);
  assert.deepEqual(await figureOf(body), figure());
});

test("bytes are the same only if all are", () => {
  assert.ok(sameBytes(new Uint8Array([1, 2]), new Uint8Array([1, 2])));
  assert.ok(!sameBytes(new Uint8Array([1, 2]), new Uint8Array([1, 3])));
  assert.ok(!sameBytes(new Uint8Array([1, 2]), new Uint8Array([1])));
  assert.ok(!sameBytes(undefined, new Uint8Array([])));
});
