import assert from "node:assert/strict";
import { test } from "node:test";

import { changed, changesOf, CROWD, fitting } from "../static/crowd.js";
import { listed } from "../static/reading.js";

test("with nothing asked everybody fits, and each answer leaves fewer", () => {
  assert.equal(fitting([]), CROWD);
  assert.equal(fitting(["device"]), 125);
  assert.ok(fitting(["device", "fonts"]) < fitting(["device"]));
});

test("what nearly all have in common tells nearly nothing", () => {
  assert.ok(fitting(["place"]) > 900);
});

test("however much is asked, you remain, and your class of equal tablets with you", () => {
  const all = ["device", "system", "place", "fonts", "canvas", "wishes"];
  assert.equal(fitting(all, false), 1);
  assert.equal(fitting(all, true), 30);
  assert.equal(fitting([], true), CROWD);
});

test("an answer that a way does not name stays as it is", () => {
  const changes = changesOf(["screen", "zone"], { changes: { zone: "same" } });
  assert.deepEqual(changes, [{ name: "screen", change: "kept" }, { name: "zone", change: "same" }]);
  assert.equal(changed(changes), 1);
});

test("a way can leave open what becomes of the rest", () => {
  assert.deepEqual(changesOf(["screen"], { changes: {}, otherwise: "maybe" }), [{ name: "screen", change: "maybe" }]);
});

test("what a browser never answers is not given away and does not change", () => {
  const changes = changesOf(["memory", "zone"], { changes: { memory: "silent", zone: "same" } }, ["memory"]);
  assert.deepEqual(changes.map(({ change }) => change), ["silent", "same"]);
  assert.equal(changed(changes, ["memory"]), 1);
  assert.equal(changesOf(["memory"], { changes: {} }, ["memory"])[0].change, "silent");
});

test("typefaces are listed after a colon, and none without one", () => {
  assert.equal(listed("{count} von {all}", ["Arial", "Futura"], 28), "2 von 28: Arial, Futura");
  assert.equal(listed("{count} von {all}", [], 28), "0 von 28");
});
