// Where a view begins, and where a panel lies so that the variant stays in sight.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sideOf } from "../../../genoview/ui/trackview/overlay/details_panel.js";
import { clearOf } from "../../../genoview/ui/trackview/overlay/hover_box.js";
import { Beginning } from "../../../genoview/ui/trackview/view/beginning.js";

const limits = [0, 10_000];
const header = (range) => ({ range, limits, minWidth: 10 });

test("a new subject begins where Python says, else where its figure is drawn, else with all", () => {
  const beginning = new Beginning();
  assert.ok(beginning.adopt(header([10, 500]), null, [0, 100]));
  assert.deepEqual(beginning.range, [10, 500]);
  assert.ok(beginning.adopt(header(null), null, [0, 100]));
  assert.deepEqual(beginning.range, [0, 100]);
  assert.ok(beginning.adopt(header(null), null, undefined));
  assert.deepEqual(beginning.range, limits);
});

test("it begins anew where Python finds a better place, until the reader has moved", () => {
  const beginning = new Beginning();
  beginning.adopt(header([10, 500]), null, undefined);
  assert.ok(!beginning.adopt(header([10, 500]), [10, 500], undefined));
  assert.ok(beginning.adopt(header([100, 300]), [10, 500], undefined));
  assert.deepEqual(beginning.range, [100, 300]);
  assert.ok(!beginning.adopt(header([600, 700]), [110, 310], undefined));
  assert.ok(!beginning.adopt(header(null), [100, 300], undefined));
});

for (const [taken, expected] of [
  [null, "right"],
  [[100, 102], "right"], // the panel is 300 px of 1,000
  [[700, 710], "left"],
  [[-50, -40], "right"], // out of sight
  [[1_200, 1_210], "right"],
  [[200, 900], "bottom"],
]) {
  test(`a panel beside ${taken} lies at the ${expected}`, () =>
    assert.equal(sideOf(taken, 300, 1_000), expected));
}

for (const [box, pointer, expected, words] of [
  [[100, 300], 90, undefined, "where it covers nothing"],
  [[400, 600], 390, 178, "left of a pointer that is left of the variant"],
  [[490, 690], 560, 572, "right of a pointer that is right of it"],
  [[450, 650], 100, 514, "right of it where the left has no room"],
  [[100, 900], 400, undefined, "where Plotly drew it, for want of room"],
]) {
  test(`the box of values lies ${words}`, () =>
    assert.equal(clearOf(box, [500, 502], pointer, [0, 1_000]), expected));
}
