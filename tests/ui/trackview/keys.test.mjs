// What a key does in the figure.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyAction } from "../../../genoview/ui/trackview/input/keys.js";

const figure = { classList: { contains: (name) => name === "tv-figure" } };
const button = { classList: { contains: () => false } };

for (const [keys, expected] of [
  ["ArrowRight", ["pan", 0.1]],
  ["ArrowLeft", ["pan", -0.1]],
  ["Shift+ArrowLeft", ["pan", -0.5]],
  ["+", ["zoom", 0.5]],
  ["=", ["zoom", 0.5]],
  ["-", ["zoom", 2]],
  ["_", ["zoom", 2]],
  ["Home", ["whole"]],
  ["f", ["stop", 1]],
  ["b", ["stop", -1]],
  ["F", ["stop", 1]],
  ["Shift+F", ["site", 1]],
  ["Shift+B", ["site", -1]],
  ["v", ["variant"]],
  ["V", ["variant"]],
  ["Control+v", undefined],
  ["c", ["card", 1]],
  ["Shift+C", ["card", -1]],
  ["Enter", ["enter-card"]],
  ["Escape", ["escape"]],
  ["Control+z", ["undo"]],
  ["Meta+z", ["undo"]],
  ["Control+Shift+Z", ["redo"]],
  ["Control+y", ["redo"]],
  ["Meta+y", undefined],
  ["Control+Alt+z", undefined],
  ["Control+f", undefined],
  ["Alt+ArrowUp", undefined],
  ["Alt+ArrowLeft", undefined],
  ["a", undefined],
  ["Tab", undefined],
]) {
  test(`${keys} is ${expected?.join(" ") ?? "the browser's"}`, () => {
    const parts = keys.split("+").filter(Boolean);
    const has = (name) => parts.slice(0, -1).includes(name);
    const event = {
      key: keys === "+" ? "+" : parts.at(-1),
      shiftKey: has("Shift"),
      ctrlKey: has("Control"),
      metaKey: has("Meta"),
      altKey: has("Alt"),
      target: figure,
    };
    assert.deepEqual(keyAction(event), expected);
  });
}

test("Enter on a button presses it", () => {
  assert.equal(keyAction({ key: "Enter", target: button }), undefined);
});
