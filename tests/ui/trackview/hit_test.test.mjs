// What lies under a pointer, in a figure made by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesIn } from "../../../genoview/ui/trackview/input/card_navigation.js";
import { chromosomeEnd, isChromosome } from "../../../genoview/ui/trackview/input/chromosome.js";
import {
  boxDistance,
  curveDistance,
  featureAt,
} from "../../../genoview/ui/trackview/input/hit_test.js";
import { CHROMOSOME, FIGURE, FRAME, SCREEN } from "./figures.mjs";

/** clientY of a value of a row. */
const inRow = (i, share) => 7 + 10 + 100 * i + 100 * (1 - share);

const at = (x, i, share) => featureAt(SCREEN, FIGURE, x, inRow(i, share));

for (const [name, hit, key] of [
  ["inside a gene", at(15, 0, 0.3), "HNF4A"],
  ["4 px beside a gene", at(9.6, 0, 0.3), "HNF4A"],
  ["5 px beside a gene", at(9.5, 0, 0.3), undefined],
  ["above a gene", at(15, 0, 0.5), undefined],
  ["in two boxes, that of the nearer middle", at(29, 0, 0.3), "genes|7"],
  ["in two boxes, the first of equal ones", at(25, 0, 0.3), "HNF4A"],
  ["on a stem", at(12, 1, 0.2), "stems|donor|12"],
  ["4 px and half its line beside a stem", at(12.5, 1, 0.2), "stems|donor|12"],
  ["6 px beside a stem", at(12.6, 1, 0.2), undefined],
  ["above a stem", at(12, 1, 0.6), undefined],
  ["on the arc's top", at(70, 1, 1), "stems|arc|a-b"],
  ["on the arc's side", at(65, 1, 0.5), "stems|arc|a-b"],
  ["within the arc", at(70, 1, 0.5), undefined],
  ["on a cell", at(5, 2, 0.2), "map|10|5-5"],
  ["on a cell of the second lane", at(15, 2, 0.7), "map|10|10-20"],
  ["on a cell without a value", at(20, 2, 0.2), undefined],
  ["on a cell that is null", at(5, 2, 0.7), undefined],
  ["beside the map", at(60, 2, 0.2), undefined],
  ["above all rows", featureAt(SCREEN, FIGURE, 15, 8), undefined],
  ["below all rows", featureAt(SCREEN, FIGURE, 15, 400), undefined],
]) {
  test(`a click ${name} hits ${key ?? "nothing"}`, () => assert.equal(hit?.key, key));
}

test("a hit has the kind and the name of its card", () => {
  assert.deepEqual(at(15, 0, 0.3), { kind: "gene", key: "HNF4A", label: "HNF4A" });
  assert.equal(at(12, 1, 0.2).label, "Splice donor (+)");
  assert.equal(at(70, 1, 1).label, "Junction");
  assert.equal(at(5, 2, 0.2).label, "Contact");
});

test("a share of the chromosome is a base of its band", () => {
  const place = (share) => featureAt(SCREEN, CHROMOSOME, 100 * share, inRow(0, 0.5));
  assert.deepEqual(place(0), { kind: "place", key: "chr20:1-1000", label: "p1", position: 1 });
  assert.equal(place(0.125).position, 501);
  assert.deepEqual([place(0.26).label, place(0.5).position], ["q1", 2001]);
  assert.equal(place(1).position, 4000);
});

test("the chromosome's row is known, and where it ends", () => {
  assert.deepEqual(FIGURE.layout.meta.rows.map(isChromosome), [false, false, false]);
  assert.ok(Math.abs(chromosomeEnd(FRAME, CHROMOSOME) - 110) < 1e-9);
  assert.equal(chromosomeEnd(FRAME, FIGURE), undefined);
  assert.equal(chromosomeEnd(null, CHROMOSOME), undefined);
});

const flat = { px: (x) => x, place: { y: (y) => y }, x: 3, y: 4 };

test("distances are of px, to the nearest edge and to the middle", () => {
  assert.deepEqual(boxDistance(flat, [0, 10, 0, 10]), [0, 2]);
  assert.deepEqual(boxDistance(flat, [10, 0, 10, 0]), [0, 2]);
  assert.deepEqual(boxDistance(flat, [6, 10, 8, 10]), [5, 5]);
  assert.deepEqual(
    curveDistance(flat, [
      [0, 0],
      [10, 0],
    ]),
    [4, 2],
  );
  assert.deepEqual(
    curveDistance(flat, [
      [0, 0],
      [0, 0],
    ]),
    [5, 3],
  );
});

test("keys go through everything with a card, row by row from left to right", () => {
  assert.deepEqual(
    entriesIn(FRAME, FIGURE).map(({ key }) => key),
    ["HNF4A", "genes|7", "stems|donor|12", "stems|donor|50.5", "stems|arc|a-b", "map|10|10-20"],
  );
});

test("what is out of view has no entry, and a cell in view is the strongest", () => {
  const near = { ...FRAME, range: [0, 14] };
  assert.deepEqual(
    entriesIn(near, FIGURE).map(({ key }) => key),
    ["HNF4A", "stems|donor|12", "map|10|10-10"],
  );
  assert.deepEqual(entriesIn(null, FIGURE), []);
  assert.deepEqual(entriesIn(FRAME, CHROMOSOME), []);
});

test("an entry lies where its feature is drawn", () => {
  const [gene] = entriesIn(FRAME, FIGURE);
  assert.deepEqual([gene.left, gene.right], [10, 30]);
  assert.ok(Math.abs(gene.top - 70) < 1e-9 && Math.abs(gene.height - 20) < 1e-9);
});
