// Rooms import from those before them, types apart, and no script reads Plotly's private fields.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ROOMS = ["wire", "canvas", "overlay", "input", "view"];
const folder = new URL("../../../genoview/ui/trackview/", import.meta.url);
const scripts = ROOMS.flatMap((room) =>
  readdirSync(new URL(`${room}/`, folder))
    .filter((name) => name.endsWith(".js"))
    .map((name) => ({
      room,
      name,
      text: readFileSync(new URL(`${room}/${name}`, folder), "utf8"),
    })),
);

for (const { room, name, text } of scripts) {
  test(`${room}/${name} imports from rooms before it, reads no private field, and is short`, () => {
    for (const [, target] of text.matchAll(/^import .* from "\.\.\/(\w+)\//gm)) {
      assert.ok(ROOMS.indexOf(target) < ROOMS.indexOf(room), `it imports from ${target}`);
    }
    const code = text.replace(/^\s*\/\/.*$/gm, "");
    assert.doesNotMatch(code, /[.{,]\s*_(full|context|size|offset|length)/i);
    assert.ok(text.split("\n").length <= 251, "it has more than 250 lines");
  });
}
