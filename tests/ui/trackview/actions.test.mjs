// Where keys, buttons and gestures lead, from 43,020,000 to 43,080,000 of a window of 100 kb.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clamp } from "../../../genoview/ui/trackview/canvas/range.js";
import { Actions } from "../../../genoview/ui/trackview/input/actions.js";
import { keyAction } from "../../../genoview/ui/trackview/input/keys.js";
import { RangeHistory } from "../../../genoview/ui/trackview/view/history.js";

const [START, END] = [43_020_000, 43_080_000];
const WINDOW = [43_000_000, 43_100_000];

/** A view that goes where it is sent, without a page. */
function view() {
  const header = { limits: WINDOW, minWidth: 10, stops: [], sites: [], variant: null };
  const made = { range: [START, END], header, drawn: true, history: new RangeHistory(), said: [] };
  made.history.rest(made.range);
  made.go = (range) => {
    made.range = clamp(range, header.limits, header.minWidth);
  };
  const say = (name) => made.said.push(name);
  made.announcements = { announce: say, say };
  const actions = Object.create(Actions.prototype);
  actions.view = made;
  return { actions, view: made };
}

function pressed(keys) {
  const { actions, view: seen } = view();
  for (const key of keys) {
    const shiftKey = key.startsWith("Shift+");
    const action = keyAction({ key: key.replace("Shift+", ""), shiftKey, target: null });
    if (action) actions.act(...action);
  }
  return seen.range;
}

for (const [keys, expected] of [
  [["ArrowRight"], [START + 6_000, END + 6_000]],
  [["ArrowLeft"], [START - 6_000, END - 6_000]],
  [["Shift+ArrowLeft"], [WINDOW[0], WINDOW[0] + 60_000]],
  [["+"], [START + 15_000, END - 15_000]],
  [
    ["+", "-"],
    [START, END],
  ],
  [["+", "Home"], WINDOW],
  [["a"], [START, END]],
]) {
  test(`${keys.join(" ")} leads to ${expected}`, () => assert.deepEqual(pressed(keys), expected));
}

for (const [button, expected] of [
  ["zoom-in", [START + 15_000, END - 15_000]],
  ["zoom-out", WINDOW],
  ["whole", WINDOW],
]) {
  test(`the button ${button} leads to ${expected}`, () => {
    const { actions, view: seen } = view();
    actions.press(button);
    assert.deepEqual(seen.range, expected);
  });
}

test("a width is shown around the same centre, as wide as the window at most", () => {
  for (const [bp, expected] of [
    [50_000, [43_025_000, 43_075_000]],
    [1_500_000, WINDOW],
    [300, [43_049_850, 43_050_150]],
    [1, [43_049_995, 43_050_005]],
  ]) {
    const { actions, view: seen } = view();
    actions.setWidth(bp);
    assert.deepEqual(seen.range.map(Math.round), expected);
  }
});

test("a width is around the variant, wherever the reader is, and inside the window", () => {
  const { actions, view: seen } = view();
  seen.header.variant = [43_010_000, 43_010_001];
  actions.setWidth(1_000);
  assert.deepEqual(seen.range, [43_009_500.5, 43_010_500.5]);
  actions.setWidth(50_000);
  assert.deepEqual(seen.range, [WINDOW[0], WINDOW[0] + 50_000]);
});

test("V and a button bring the variant back, as wide as now", () => {
  const { actions, view: seen } = view();
  actions.act("variant"); // there is none
  assert.deepEqual([seen.range, seen.said], [[START, END], ["No variant is shown."]]);
  seen.header.variant = [43_010_000, 43_010_001];
  seen.range = [43_080_000, 43_081_000];
  actions.press("variant");
  assert.deepEqual(seen.range, [43_009_500.5, 43_010_500.5]);
  assert.equal(seen.said.at(-1), "The variant");
});

test("a drag starts from where it was pressed, and a pinch stays at its middle", () => {
  const { actions, view: seen } = view();
  actions.act("drag", [START, END], -0.25);
  actions.act("drag", [START, END], -0.5);
  assert.deepEqual(seen.range, [WINDOW[0], WINDOW[0] + 60_000]);
  actions.act("scale", [START, END], 0.5, START);
  assert.deepEqual(seen.range, [START, START + 30_000]);
});

test("a stop is centred and said, and one that leads nowhere is passed over", () => {
  const { actions, view: seen } = view();
  seen.header.stops = [
    [43_000_010, 43_000_020, "first"],
    [43_010_000, 43_011_000, "second"],
    [43_060_000, 43_061_000, "third"],
  ];
  actions.act("stop", 1);
  assert.deepEqual([seen.range, seen.said], [[43_030_500, 43_090_500], ["third"]]);
  seen.range = [43_000_000, 43_060_000]; // neither of the first two can be centred
  actions.act("stop", -1);
  assert.deepEqual([seen.range, seen.said.length], [[43_000_000, 43_060_000], 1]);
  actions.act("site", 1);
  assert.equal(seen.said.length, 1);
});

test("a step is undone and redone", () => {
  const { actions, view: seen } = view();
  actions.act("pan", 0.1);
  actions.act("undo");
  assert.deepEqual(seen.range, [START, END]);
  actions.act("redo");
  assert.deepEqual(seen.range, [START + 6_000, END + 6_000]);
});

test("nothing moves before the first figure", () => {
  const { actions, view: seen } = view();
  seen.drawn = false;
  actions.act("pan", 0.1);
  assert.deepEqual(seen.range, [START, END]);
});
