// What the browser fetches from the server, and what it keeps.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, test } from "node:test";
import { Refiner } from "../../../genoview/ui/trackview/view/refine.js";
import { Forgotten, Tiles } from "../../../genoview/ui/trackview/wire/tiles.js";

const FILE = readFileSync(new URL("packed.bin", import.meta.url));
const real = globalThis.fetch;
let asked = [];
let answer;

beforeEach(() => {
  asked = [];
  answer = () => new Response(new Uint8Array(FILE));
  globalThis.fetch = async (url) => {
    asked.push(url);
    return answer();
  };
});
afterEach(() => {
  globalThis.fetch = real;
});

const tiles = () => new Tiles("/t/", new AbortController().signal);

test("a tile is fetched once for a range and a width", async () => {
  const source = tiles();
  const first = await source.tile([0.5, 10.5], 800);
  assert.equal(await source.tile([0.5, 10.5], 800), first);
  await source.tile([0.5, 10.5], 801);
  assert.deepEqual(asked, [
    "/t/tile?left=0.5&right=10.5&width=800",
    "/t/tile?left=0.5&right=10.5&width=801",
  ]);
});

test("32 tiles are kept, those used last", async () => {
  const source = tiles();
  for (let i = 0; i < 32; i += 1) await source.tile([i, i + 1], 800);
  await source.tile([0, 1], 800); // used again
  await source.tile([32, 33], 800); // in place of [1, 2]
  assert.equal(asked.length, 33);
  await source.tile([0, 1], 800);
  assert.equal(asked.length, 33);
  await source.tile([1, 2], 800);
  assert.equal(asked.length, 34);
});

test("a tile that failed is asked for again", async () => {
  const source = tiles();
  answer = () => Response.json({ error: "No." }, { status: 400 });
  await assert.rejects(source.tile([0, 1], 800), { message: "No." });
  answer = () => new Response(new Uint8Array(FILE));
  assert.ok(await source.tile([0, 1], 800));
});

test("a refusal is its sentence, or its number, and 204 means forgotten", async () => {
  answer = () => new Response(null, { status: 204 });
  await assert.rejects(tiles().values(1.5), (error) => error instanceof Forgotten);
  answer = () => Response.json({ error: "Gone." }, { status: 410 });
  await assert.rejects(tiles().values(1.5), { message: "Gone." });
  answer = () => new Response("<html>", { status: 502 });
  await assert.rejects(tiles().card("gene", "HNF4A"), { message: "error 502" });
});

test("values, stretches and cards are asked for by their addresses", async () => {
  answer = () => Response.json({ rows: [] });
  assert.deepEqual(await tiles().values(1.5), { rows: [] });
  await tiles().stretch(0.5, 9.5);
  await tiles().card("splice", "a|b c|1");
  assert.deepEqual(asked, [
    "/t/values?x=1.5",
    "/t/stretch?left=0.5&right=9.5",
    "/t/card?kind=splice&key=a%7Cb+c%7C1",
  ]);
});

/** A view of 1,000 px at a range. */
const viewAt = (range) => ({ range, width: () => 1000, removed: new AbortController() });
const figureFor = (range, width) => ({ layout: { xaxis: { range }, meta: { width_px: width } } });

for (const [name, range, width, fits] of [
  ["of this range and width", [0, 10], 1000, true],
  ["of about this width", [0, 10], 1079, true],
  ["of another width", [0, 10], 1081, false],
  ["without a width", [0, 10], undefined, true],
  ["of another range", [0, 11], 1000, false],
  ["without a range", undefined, 1000, false],
]) {
  test(`a figure ${name} ${fits ? "fits" : "is fetched anew"}`, () => {
    const refiner = new Refiner(viewAt([0, 10]));
    refiner.use("/t/");
    assert.equal(refiner.fits(figureFor(range, width)), fits);
  });
}

test("without tiles every figure fits, and an address is new once", () => {
  const refiner = new Refiner(viewAt([0, 10]));
  assert.ok(refiner.fits(figureFor([5, 6], 10)));
  assert.deepEqual(
    [refiner.use(""), refiner.use("/a/"), refiner.use("/a/"), refiner.use("/b/")],
    [false, true, false, true],
  );
});
