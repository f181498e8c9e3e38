// Widths as a reader types them, and as a button says them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { widthOf, widthWords } from "../../../genoview/ui/trackview/overlay/width.js";

const WIDTHS = {
  500: 500,
  "50kb": 50_000,
  "50 KB": 50_000,
  " 1.5Mb ": 1_500_000,
  "1.5 Mb": 1_500_000,
  "1,000": 1000,
  "2,000": 2000,
  ".3k": 300,
  "2k": 2000,
  "3kbp": 3000,
  "7bp": 7,
  "9b": 9,
  ".5m": 500_000,
  0.4: undefined,
  0: undefined,
  "": undefined,
  kb: undefined,
  wide: undefined,
  "5 Gb": undefined,
  "5 parsecs": undefined,
  "-5": undefined,
  "1e3": undefined,
  "5kb!": undefined,
};
for (const [text, bp] of Object.entries(WIDTHS)) {
  test(`"${text}" is ${bp ?? "no width"}`, () => assert.equal(widthOf(text), bp));
}

for (const [bp, words] of [
  [100, "100 bp"],
  [99.6, "100 bp"],
  [1000, "1 kb"],
  [1500, "1.5 kb"],
  [60_000, "60 kb"],
  [123_456, "123 kb"],
  [1_500_000, "1.5 Mb"],
]) {
  test(`${bp} is said ${words}`, () => assert.equal(widthWords(bp), words));
}

test("what is said is read as the same width, to three digits", () => {
  for (let bp = 10; bp < 1e7; bp = Math.round(bp * 1.37)) {
    assert.ok(Math.abs(widthOf(widthWords(bp)) / bp - 1) < 0.006, String(bp));
  }
});
