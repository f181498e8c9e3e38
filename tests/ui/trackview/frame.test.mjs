// Where rows lie, and what a pointer is over.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stepOf, ticksOf } from "../../../genoview/ui/trackview/canvas/axes.js";
import {
  frameOf,
  rowOf,
  rowsOf,
  xAt,
  xScale,
} from "../../../genoview/ui/trackview/canvas/frame.js";
import { arranged, groundOf } from "../../../genoview/ui/trackview/canvas/plotly.js";
import { linesOf } from "../../../genoview/ui/trackview/canvas/text.js";
import { wheelPixels, zoneOf } from "../../../genoview/ui/trackview/input/gestures.js";
import { FIGURE, FRAME, SCREEN } from "./figures.mjs";

const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

test("the rows' area is what the margins leave", () => {
  assert.deepEqual(frameOf(FIGURE.layout, 1020, [0, 100]), FRAME);
});

test("px of an x and x under a pointer are each other's opposite", () => {
  const px = xScale(FRAME);
  for (const x of [0, 1, 33.3, 100]) near(xAt(SCREEN, 5 + px(x)), x);
  assert.equal(xAt(SCREEN, -1000), 0);
  assert.equal(xAt(SCREEN, 9999), 100);
});

test("a value lies where its axis says, and back", () => {
  const rows = rowsOf(FIGURE.layout, FRAME);
  assert.deepEqual([...rows.keys()], ["y", "y2", "y3"]);
  near(rows.get("y3").y(0), 310);
  near(rows.get("y3").y(10), 210);
  for (const value of [0, 2.5, 10]) near(rows.get("y3").value(rows.get("y3").y(value)), value);
});

test("a logarithmic axis has its ground at its bottom, and a linear one at zero", () => {
  const area = { top: 0, height: 100 };
  const log = rowOf({ domain: [0, 1], range: [-1, 1], type: "log" }, area);
  near(log.y(1), 50);
  near(log.y(0), 100); // below the bottom
  near(log.value(0), 10);
  assert.equal(log.ground, 100);
  near(rowOf({ domain: [0, 1], range: [-1, 3], type: "linear" }, area).ground, 75);
});

for (const [x, y, zone] of [
  [25, 17, "rows"],
  [25, 316, "rows"],
  [25, 318, ""],
  [25, 16, "ruler"],
  [25, -12, "ruler"],
  [25, -13, ""],
  [24, 100, ""],
  [1026, 100, ""],
]) {
  test(`at ${x}, ${y} lies ${zone || "neither ruler nor row"}`, () =>
    assert.equal(zoneOf(SCREEN, { clientX: x, clientY: y }), zone));
}

test("a wheel is counted in pixels, along the farther way, and at most 300", () => {
  assert.equal(wheelPixels({ deltaX: 0, deltaY: -100, deltaMode: 0 }), -100);
  assert.equal(wheelPixels({ deltaX: 50, deltaY: 1, deltaMode: 0 }), 50);
  assert.equal(wheelPixels({ deltaX: 0, deltaY: 3, deltaMode: 1 }), 48);
  assert.equal(wheelPixels({ deltaX: 0, deltaY: 9, deltaMode: 2 }), 300);
});

test("ticks are multiples of 1, 2 or 5 times a power of ten", () => {
  assert.equal(stepOf([0, 100], 9), 20);
  assert.equal(stepOf([0, 100], 20), 10);
  assert.equal(stepOf([0, 60_000], 11), 10_000);
  assert.deepEqual(
    ticksOf({ nticks: 4 }, [43_020_000, 43_080_000]),
    [43_020_000, 43_040_000, 43_060_000, 43_080_000],
  );
  assert.deepEqual(ticksOf({ nticks: 4, dtick: 3 }, [0.5, 9.5]), [3, 6, 9]);
});

test("the ground is the figure's or its template's, unless the page shines through", () => {
  assert.equal(groundOf({ paper_bgcolor: "#fff" }), "#fff");
  assert.equal(
    groundOf({ template: { layout: { paper_bgcolor: "rgb(17,17,17)" } } }),
    "rgb(17,17,17)",
  );
  for (const paper of ["rgba(0,0,0,0)", "transparent", "rgba(1, 2, 3, 0.0)"]) {
    const template = { layout: { paper_bgcolor: "white" } };
    assert.equal(groundOf({ paper_bgcolor: paper, template }), undefined);
  }
  assert.equal(groundOf({}), undefined);
});

test("Plotly gets the reader's range and no gestures, and the figure stays as it was", () => {
  const layout = { xaxis: { range: [0, 1], color: "red" }, yaxis2: { title: "a" } };
  const place = { range: [3, 4], width: 700, subject: "s" };
  const out = arranged(layout, place);
  assert.deepEqual([out.dragmode, out.width, out.uirevision], [false, 700, "s"]);
  assert.deepEqual([out.xaxis.range, out.xaxis.color, out.xaxis.fixedrange], [[3, 4], "red", true]);
  assert.deepEqual(
    [out.yaxis2, out.yaxis],
    [{ title: "a", fixedrange: true }, { fixedrange: true }],
  );
  assert.deepEqual(layout, { xaxis: { range: [0, 1], color: "red" }, yaxis2: { title: "a" } });
});

for (const [text, lines] of [
  ["plain", [[{ text: "plain" }]]],
  ["a<br>b", [[{ text: "a" }], [{ text: "b" }]]],
  [
    "<b>a<i>b</i></b>c",
    [[{ bold: true, text: "a" }, { bold: true, italic: true, text: "b" }, { text: "c" }]],
  ],
  ["a &lt; b &#39;&#x41; &nope;", [[{ text: "a < b 'A &nope;" }]]],
  ['<span style="color:#fff;font-size:9px">x</span>', [[{ colour: "#fff", size: 9, text: "x" }]]],
  ["", [[]]],
]) {
  test(`${text || "nothing"} is parsed as Plotly sets it`, () =>
    assert.deepEqual(linesOf(text), lines));
}
