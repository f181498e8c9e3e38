// Arithmetic of a range on x.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as range from "../../../genoview/ui/trackview/canvas/range.js";

const { clamp, moved, over, same, scaled, stopBeside, bases, inWords } = range;

for (const [name, got, expected] of [
  ["clamp moves a range to the left edge", clamp([-5, 5], [0, 100], 10), [0, 10]],
  ["clamp moves a range to the right edge", clamp([95, 105], [0, 100], 10), [90, 100]],
  ["clamp cuts what is wider than the window", clamp([-50, 150], [0, 100], 10), [0, 100]],
  ["clamp keeps the least width", clamp([49, 51], [0, 100], 10), [45, 55]],
  ["clamp takes a window below the least width", clamp([2, 3], [0, 5], 10), [0, 5]],
  ["scaled keeps the right end", scaled([0, 100], 0.5, 100, [0, 100], 10), [50, 100]],
  ["scaled keeps the left end", scaled([0, 100], 0.5, 0, [0, 100], 10), [0, 50]],
  ["scaled stops at the least width", scaled([0, 100], 0.01, 50, [0, 100], 10), [45, 55]],
  ["scaled stops at the whole window", scaled([0, 50], 9, 0, [0, 100], 10), [0, 100]],
  ["moved by a share of the width", moved([10, 30], -0.5), [0, 20]],
  ["bases from 0", bases([0, 10], 0), [1, 10]],
  ["bases from a half", bases([0.5, 10.5], 0.5), [1, 10]],
  ["bases of parts are whole", bases([0.2, 9.1], 0), [1, 10]],
  ["no base before the first", bases([-3, 4], 0), [1, 4]],
  ["words of a place", inWords([999, 2000], "chr20", 0), "chr20:1,000-2,000 (1,001 bp)"],
  ["words without a chromosome", inWords([0, 5], "", 0), "1-5 (5 bp)"],
  ["over a stop at the same width", over([0, 100], [500, 510]), [455, 555]],
  ["over a wide stop with room around it", over([0, 100], [0, 1000]), [-50, 1050]],
]) {
  test(name, () => assert.deepEqual(got, expected));
}

/** Ranges of many places and widths. */
const RANGES = [-50, 0, 3.25, 40, 99, 160].flatMap((start) =>
  [0.5, 10, 33.3, 100, 250].map((width) => [start, start + width]),
);
const LIMITS = [0, 100];

test("clamp stays inside, keeps the least width, and is done once", () => {
  for (const view of RANGES) {
    const [start, end] = clamp(view, LIMITS, 10);
    assert.ok(start >= LIMITS[0] && end <= LIMITS[1] + 1e-9, String(view));
    assert.ok(end - start >= 10 - 1e-9);
    assert.ok(same(clamp([start, end], LIMITS, 10), [start, end]));
  }
});

test("zooming in and out around a place leads back", () => {
  for (const [start, end] of RANGES) {
    const anchor = start + 0.3 * (end - start);
    const there = scaled([start, end], 0.5, anchor, [-1e6, 1e6], 1e-3);
    const back = scaled(there, 2, anchor, [-1e6, 1e6], 1e-3);
    assert.ok(same(back, [start, end]));
    assert.ok(Math.abs((anchor - there[0]) / (there[1] - there[0]) - 0.3) < 1e-9);
  }
});

test("panning there and back leads back", () => {
  for (const view of RANGES) assert.ok(same(moved(moved(view, 0.1), -0.1), view));
});

test("ranges are the same up to a billionth of their width", () => {
  assert.ok(same([0, 1e6], [0.0005, 1e6]));
  assert.ok(!same([0, 1e6], [0.01, 1e6]));
});

const STOPS = [
  [0, 10, "left"],
  [45, 55, "centre"],
  [60, 64, "near"],
  [90, 100, "far"],
];

test("the next stop is the nearest beside the centre of the view", () => {
  assert.equal(stopBeside(STOPS, [0, 100], 1)[2], "near");
  assert.equal(stopBeside(STOPS, [0, 100], -1)[2], "left");
  assert.equal(stopBeside(STOPS, [24, 100], 1)[2], "far");
  assert.equal(stopBeside(STOPS, [90, 100], 1), undefined);
  assert.equal(stopBeside([], [0, 100], 1), undefined);
});
