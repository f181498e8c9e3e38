// Values, stretches and rows in words.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  junctionRows,
  trackRows,
  tsvOf,
  valueRows,
} from "../../../genoview/ui/trackview/overlay/details_rows.js";
import { alleles, grouped, short } from "../../../genoview/ui/trackview/overlay/number_text.js";

for (const [value, text] of [
  [0, "0"],
  [1, "1"],
  [0.123456, "0.123"],
  [9.876543, "9.88"],
  [-2.5, "-2.5"],
  [1234.5, "1230"],
  [99_999, "100000"],
  [100_000, "1.0e+5"],
  [0.001, "0.001"],
  [0.00099, "9.9e-4"],
  [1.2345e-5, "1.2e-5"],
]) {
  test(`${value} is shown as ${text}`, () => assert.equal(short(value), text));
}

test("positions have commas, and two alleles an arrow", () => {
  assert.equal(grouped(43_000_001), "43,000,001");
  assert.equal(alleles({ value: 0.5 }), "0.5");
  assert.equal(alleles({ value: 0.5, alt: 0 }), "0.5 → 0");
});

test("values of a base are listed by row, and those left out are counted", () => {
  const rows = [
    {
      title: "Toy",
      unit: "reads",
      values: [
        { name: "A", value: 1 },
        { name: "B", value: 2, alt: 3 },
      ],
      leftOut: 4,
    },
    { title: "File", unit: "measured", values: [{ name: "F", value: 7 }], leftOut: 0 },
  ];
  assert.deepEqual(valueRows({ position: 1, base: "A", rows }), [
    ["A", "1", "reads"],
    ["B", "2 → 3", "reads"],
    ["Toy: 4 lower ones", "", ""],
    ["F", "7", "measured"],
  ]);
});

const junction = (i, alt) => ({
  name: `${i}`,
  tissue: "liver",
  unit: "reads",
  value: i,
  first: i,
  last: i + 9,
  ...(alt === undefined ? {} : { alt }),
});
const STRETCH = {
  first: 1001,
  last: 1010,
  width: 10,
  sequence: "ACGTACGTAC",
  rows: [
    { title: "GC", unit: "share", mean: 0.25, max: 1234.5, at: 1004 },
    { title: "Map", allele: "ALT", unit: "log", mean: -1, max: 2, at: 1, where: "1-2 with 5-6" },
  ],
  junctions: [junction(3)],
  junctionsLeftOut: 0,
};

test("a stretch has mean, maximum and its place of every track and allele", () => {
  assert.deepEqual(trackRows(STRETCH), [
    ["GC", "0.25", "1230 at 1,004", "share"],
    ["Map ALT", "-1", "2 at 1-2 with 5-6", "log"],
  ]);
});

test("twelve junctions are listed, and the others counted", () => {
  const many = Array.from({ length: 15 }, (_, i) => junction(i + 1, 2));
  const { head, rows, note } = junctionRows({
    ...STRETCH,
    junctions: many,
    junctionsLeftOut: 1200,
  });
  assert.deepEqual(head, ["Junction inside", "Tissue", "Usage REF → ALT", "Unit"]);
  assert.equal(rows.length, 12);
  assert.deepEqual(rows[0], ["1", "liver", "1 → 2", "reads"]);
  assert.equal(note, "3 weaker junctions are in the file; 1,200 weaker ones are not listed.");
  assert.deepEqual(junctionRows(STRETCH), {
    head: ["Junction inside", "Tissue", "Usage", "Unit"],
    rows: [["3", "liver", "3", "reads"]],
    note: "",
  });
  assert.equal(junctionRows({ ...STRETCH, junctions: [] }), undefined);
});

test("the file of a stretch has the whole numbers, and a line an allele", () => {
  const both = { ...STRETCH, junctions: [junction(3), junction(4, 0.5)] };
  assert.deepEqual(tsvOf(both, "chr20:1,001-1,010").split("\n"), [
    "# chr20:1,001-1,010",
    "# ACGTACGTAC",
    "track\tallele\tunit\tmean\tmaximum\tmaximum_at",
    "GC\t\tshare\t0.25\t1234.5\t1004",
    "Map\tALT\tlog\t-1\t2\t1-2 with 5-6",
    "Junction 3, liver\t\treads\t\t3\t3-12",
    "Junction 4, liver\tREF\treads\t\t4\t4-13",
    "Junction 4, liver\tALT\treads\t\t0.5\t4-13",
    "",
  ]);
});

test("a file without a sequence has no line for it", () => {
  assert.equal(
    tsvOf({ ...STRETCH, sequence: "", junctions: [] }, "p")
      .split("\n")[1]
      .slice(0, 5),
    "track",
  );
});
