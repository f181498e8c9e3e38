// Places, keys, codons and colours: a chain of three residues, of which the second lacks a codon.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bandOf,
  bandsInView,
  codonOf,
  colourOf,
  keyOf,
  PLAIN,
  placeAt,
  placeOf,
  selectionOf,
} from "../../../genoview/ui/structureview/residues.js";
import { rangeAround } from "../../../genoview/ui/trackview/wire/other_views.js";

const BANDS = [
  { above: 90, words: "very high", colour: "#0053D6" },
  { above: 70, words: "high", colour: "#65CBF3" },
  { above: 50, words: "low", colour: "#FFDB13" },
  { above: -1, words: "very low", colour: "#FF7D45" },
];
const PAYLOAD = {
  title: "made",
  pdb: "",
  places: [4, 5, 7],
  keys: ["A:117:", "A:117:B", "B:-3:"],
  names: ["Thr117", "Ala117B", "ZN -3"],
  numbers: [2, null, null],
  chain: "A",
  selected: 4,
  near: [5, 7],
  label: "Thr117Ile",
  words: "",
  codons: [1000, 1003, 2000],
  bands: BANDS,
  theme: "light",
};

test("an atom's key has its insertion code, where it has one", () => {
  assert.equal(keyOf({ chain: "A", resi: 117, icode: " " }), "A:117:");
  assert.equal(keyOf({ chain: "A", resi: 117, icode: "B" }), "A:117:B");
});

test("an atom leads to Python's place of its residue", () => {
  assert.equal(placeOf(PAYLOAD, { chain: "B", resi: -3 }), 7);
  assert.equal(placeOf(PAYLOAD, { chain: "C", resi: 1 }), undefined);
});

test("places are selected by chain, number and insertion", () => {
  assert.deepEqual(selectionOf(PAYLOAD, [4, 5, 7, 99]), [
    { chain: "A", resi: 117 },
    { chain: "A", resi: 117, icode: "B" },
    { chain: "B", resi: -3 },
  ]);
});

test("a residue's codon is its middle base and one on each side", () => {
  assert.deepEqual(codonOf(PAYLOAD, 4), { start: 1002, end: 1005 });
  assert.equal(codonOf(PAYLOAD, 5), undefined);
});

test("a base leads to the residue of its codon", () => {
  for (const base of [1002, 1003, 1004]) assert.equal(placeAt(PAYLOAD, base), 4);
  assert.equal(placeAt(PAYLOAD, 1005), undefined);
  assert.equal(placeAt(PAYLOAD, 1000), undefined); // residue 1 is not in the structure
});

for (const [plddt, words] of [
  [98, "very high"],
  [90, "high"],
  [70, "low"],
  [50, "very low"],
  [0, "very low"],
]) {
  test(`pLDDT ${plddt} is ${words}`, () => assert.equal(bandOf(BANDS, plddt)?.words, words));
}

test("colours are pLDDT's, or one for the chain where there is none", () => {
  assert.equal(colourOf(PAYLOAD, { chain: "A", resi: 1, b: 95 }), "#0053D6");
  const plain = { ...PAYLOAD, bands: [] };
  assert.equal(colourOf(plain, { chain: "A", resi: 1, b: 95 }), PLAIN.own);
  assert.equal(colourOf(plain, { chain: "B", resi: 1, b: 95 }), PLAIN.other);
});

test("the legend names the bands in view alone", () => {
  const atoms = [95, 96, 40].map((b) => ({ chain: "A", resi: 1, b }));
  assert.deepEqual(
    bandsInView(PAYLOAD, atoms).map((band) => band.words),
    ["very high", "very low"],
  );
});

test("the tracks go to a codon in their window, and nowhere else", () => {
  const header = { origin: 0.5, limits: [900, 1100] };
  assert.deepEqual(rangeAround(header, { start: 1002, end: 1005 }), [974, 1034]);
  assert.equal(rangeAround(header, { start: 2000, end: 2003 }), null);
  assert.equal(rangeAround(header, { start: Number.NaN, end: 3 }), null);
});
