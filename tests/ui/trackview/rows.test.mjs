// Rows as blocks that move and grow, the edges of the window, and the reader's history.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isWellInside, pushedSide } from "../../../genoview/ui/trackview/overlay/edge_offers.js";
import { blocksOf, heightAt, movedTo } from "../../../genoview/ui/trackview/overlay/row_handles.js";
import { scaled } from "../../../genoview/ui/trackview/overlay/row_menu.js";
import { RangeHistory } from "../../../genoview/ui/trackview/view/history.js";

const row = (id, top, height = 50, strip = 10) => ({ id, top, height, strip });

test("rows of one id are one block, and a row without an id none", () => {
  const rows = [row("a", 10), row("b", 74), row("b", 140, 20), row("", 200)];
  assert.deepEqual(
    blocksOf(rows).map(({ id, top, bottom, first }) => [id, top, bottom, first]),
    [
      ["a", 0, 60, 50],
      ["b", 64, 160, 50],
    ],
  );
});

test("an id goes to its place among the others, or to an end", () => {
  const ids = ["a", "b", "c"];
  assert.deepEqual(movedTo(ids, "a", 1), ["b", "a", "c"]);
  assert.deepEqual(movedTo(ids, "a", 9), ["b", "c", "a"]);
  assert.deepEqual(movedTo(ids, "c", -1), ["c", "a", "b"]);
  for (const id of ids) assert.deepEqual(movedTo(ids, id, ids.indexOf(id)), ids);
});

test("rows of a block grow in proportion, between 16 and 600 px", () => {
  const one = { top: 0, bottom: 60, strip: 10, first: 50 };
  const two = { top: 0, bottom: 110, strip: 10, first: 50 };
  assert.equal(heightAt(one, 110), 100);
  assert.equal(heightAt(two, 210), 100);
  assert.equal(heightAt(one, -50), 16);
  assert.equal(heightAt(one, 5000), 600);
});

test("a fixed scale begins with the range that is shown", () => {
  assert.deepEqual(scaled("fixed", { low: 0, high: 5 }), { scale: "fixed", low: 0, high: 5 });
  assert.deepEqual(scaled("fixed", { low: 5, high: 5 }), { scale: "fixed" });
  assert.deepEqual(scaled("fixed", {}), { scale: "fixed" });
  assert.deepEqual(scaled("auto", { low: 0, high: 5 }), { scale: "auto" });
});

test("more is offered at the side where a view lies past the window", () => {
  assert.deepEqual(pushedSide([-2, 98], [0, 200]), { side: "left", share: 0.02 });
  assert.deepEqual(pushedSide([150, 250], [0, 200]), { side: "right", share: 0.5 });
  assert.equal(pushedSide([-1, 99], [0, 200]), undefined);
  assert.equal(pushedSide([0, 100], [0, 200]), undefined);
  assert.equal(pushedSide([-50, 250], [0, 200]), undefined); // wider than the window
});

test("an offer goes when the view is a tenth of its width inside", () => {
  assert.ok(isWellInside([11, 111], [0, 200]));
  assert.ok(!isWellInside([10, 110], [0, 200]));
  assert.ok(!isWellInside([95, 195], [0, 200]));
});

test("ranges are undone and redone", () => {
  const history = new RangeHistory();
  for (const start of [0, 10, 20]) history.rest([start, start + 5]);
  history.rest([20, 25]); // the same again
  assert.deepEqual([history.can(-1, [20, 25]), history.can(1, [20, 25])], [true, false]);
  assert.deepEqual(history.step(-1), [10, 15]);
  assert.deepEqual(history.step(-1), [0, 5]);
  assert.equal(history.step(-1), undefined);
  assert.deepEqual([history.can(-1, [0, 5]), history.can(1, [0, 5])], [false, true]);
  assert.deepEqual(history.step(1), [10, 15]);
});

test("a step after an undo forgets what was undone", () => {
  const history = new RangeHistory();
  for (const start of [0, 10]) history.rest([start, start + 5]);
  history.step(-1);
  history.rest([50, 55]);
  assert.equal(history.step(1), undefined);
  assert.deepEqual(history.step(-1), [0, 5]);
});

test("a view that does not rest yet can be undone, and not redone", () => {
  const history = new RangeHistory();
  history.rest([0, 5]);
  assert.deepEqual([history.can(-1, [1, 6]), history.can(1, [1, 6])], [true, false]);
  assert.deepEqual([history.can(-1, [0, 5]), history.can(1, [0, 5])], [false, false]);
});

test("a hundred ranges are remembered", () => {
  const history = new RangeHistory();
  for (let i = 0; i < 150; i += 1) history.rest([i, i + 1]);
  let n = 0;
  while (history.step(-1)) n += 1;
  assert.equal(n, 99);
  assert.deepEqual(history.ranges[0], [50, 51]);
});
