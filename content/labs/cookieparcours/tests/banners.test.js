import assert from "node:assert/strict";
import { test } from "node:test";

import { BANNERS, NAMES, begin, click, leadsOut, leave, press, score, shortest, sorted } from "../static/banners.js";

const clicks = (name, ...ids) => ids.reduce(click, begin(name));
const presses = (name, ...keys) => keys.reduce(press, begin(name));
const tabs = (count) => Array(count).fill("tab");

test("there are eight banners and refusing gets longer", () => {
  assert.equal(NAMES.length, 8);
  assert.deepEqual(
    Object.fromEntries(NAMES.map((name) => [name, shortest(name)])),
    { wetter: 1, bote: 1, kaffee: 4, rezepte: 3, tierheim: 3, buecherei: 13, forum: 4, kino: null },
  );
});

test("each banner can be agreed to in one click, or in Tab and Enter", () => {
  for (const name of NAMES.filter((each) => !BANNERS[each].keys))
    assert.equal(clicks(name, "accept").outcome, "accepted", name);
  assert.equal(presses("kino", "tab", "enter").outcome, "accepted");
});

test("ticks that were set agree unless they are taken away", () => {
  assert.equal(clicks("kaffee", "save").outcome, "accepted");
  assert.equal(clicks("kaffee", "stats", "save").outcome, "partly");
  const { outcome, steps } = clicks("kaffee", "stats", "ads", "taste", "save");
  assert.deepEqual({ outcome, steps }, { outcome: "refused", steps: 4 });
});

test("refusing consent leaves the second list switched on", () => {
  assert.equal(clicks("forum", "options", "save").outcome, "partly");
  assert.equal(clicks("forum", "options", "interests", "object", "save").outcome, "refused");
});

test("closing the recipe page's banner agrees", () => {
  assert.equal(clicks("rezepte", "close").outcome, "accepted");
});

test("in the library the focus passes the page behind the banner first", () => {
  assert.equal(presses("buecherei", ...tabs(8), "enter").outcome, null);
  assert.equal(presses("buecherei", ...tabs(9), "enter").outcome, "accepted");
  const { outcome, steps } = presses("buecherei", ...tabs(12), "enter");
  assert.deepEqual({ outcome, steps }, { outcome: "refused", steps: 13 });
});

test("the library lets out at both ends, the cinema never", () => {
  assert.equal(leadsOut(begin("buecherei"), "back"), true);
  assert.equal(leadsOut(presses("buecherei", ...tabs(12)), "tab"), true);
  assert.equal(leadsOut(presses("buecherei", ...tabs(3)), "tab"), false);
  assert.equal(presses("kino", ...tabs(5)).at, 0);
  assert.equal(presses("kino", "back").at, 3);
  assert.equal(leadsOut(presses("kino", ...tabs(4)), "tab"), false);
});

test("leaving is a step and neither agrees nor refuses", () => {
  const { outcome, steps } = leave(presses("kino", "tab", "tab"));
  assert.deepEqual({ outcome, steps }, { outcome: "left", steps: 3 });
});

test("a run is counted against what fair banners would cost", () => {
  const results = [clicks("wetter", "refuse"), clicks("kaffee", "save"), leave(begin("kino"))];
  assert.deepEqual(score(results), { refused: 1, left: 1, steps: 3, fair: 4, most: 1 });
});

test("a purpose somebody switched on is told apart from one that was left on", () => {
  assert.deepEqual(sorted(clicks("wetter", "choose", "stats", "save")), { kept: [], own: ["stats"] });
  assert.deepEqual(sorted(clicks("kaffee", "stats", "save")), { kept: ["ads", "taste"], own: [] });
  const both = sorted(clicks("forum", "options", "ads", "save"));
  assert.deepEqual(both, { kept: ["measure", "audience", "profile", "partners"], own: ["ads"] });
});

test("a run with banners left out adds up", () => {
  const run = [];
  run[7] = leave(begin("kino"));
  assert.deepEqual(score(run), { refused: 0, left: 1, steps: 1, fair: 2, most: 1 });
});
