import assert from "node:assert/strict";
import { test } from "node:test";

import { formOf, isDefensible, known, night, open, together } from "../static/rights.js";

const apps = [
  { id: "run", options: { always: { knows: "alle Wege", night: { at: "05:50", does: "misst" } }, deny: {} }, sort: { right: ["needed"] } },
  { id: "shop", options: { allow: { knows: "wann", night: { at: "23:30", does: "weckt" } }, deny: {} }, sort: { right: ["idle", "disputed"] } },
  { id: "notes", options: { allow: { knows: "Termine" }, deny: {} }, sort: { right: ["idle"] } },
];

test("an app knows what its decision lets it know, and nothing when refused", () => {
  const told = known(apps, { run: "always", shop: "deny", notes: "allow" });
  assert.deepEqual(told.map(({ text }) => text), ["alle Wege", "Termine"]);
  assert.deepEqual(known(apps, {}), []);
});

test("a night begins in the evening", () => {
  const happens = night(apps, { run: "always", shop: "allow", notes: "allow" });
  assert.deepEqual(happens.map(({ at }) => at), ["23:30", "05:50"]);
  assert.deepEqual(night(apps, { run: "deny", shop: "deny" }), []);
});

test("apps know more together only when each was allowed that much", () => {
  const combos = [{ needs: ["run:always", "notes:allow"], text: "Praxis" }];
  assert.deepEqual(together(combos, { run: "always", notes: "allow" }), combos);
  assert.deepEqual(together(combos, { run: "deny", notes: "allow" }), []);
});

test("what is left to decide is counted", () => {
  assert.equal(open(apps, { run: "deny" }), 2);
});

test("a disputed case has more than one defensible answer", () => {
  assert.ok(isDefensible(apps[1], "idle"));
  assert.ok(isDefensible(apps[1], "disputed"));
  assert.ok(!isDefensible(apps[0], "idle"));
});

test("no, one and several things are said in different words", () => {
  assert.deepEqual([0, 1, 2].map(formOf), ["none", "one", "some"]);
});
