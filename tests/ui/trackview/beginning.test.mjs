// Where a view begins, and where a panel lies so that the variant stays in sight.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sideOf } from "../../../genoview/ui/trackview/overlay/details_panel.js";
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
