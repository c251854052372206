import assert from "node:assert/strict";
import { test } from "node:test";

import { allChanged, fall, toggle, waysOf } from "../static/chain.js";

const services = [
  { id: "shop", kind: "leak" },
  { id: "mail", kind: "same", resets: true },
  { id: "film", kind: "same" },
  { id: "parcel", kind: "variant" },
  { id: "club", kind: "own" },
];
const ids = (chain) => chain.map(({ id }) => id);

test("one theft topples all, the reset ones last", () => {
  assert.deepEqual(ids(fall(services)), ["shop", "mail", "film", "parcel", "club"]);
  assert.equal(fall(services).at(-1).why, "reset");
});

test("a mailbox with a password of its own saves what it can reset", () => {
  assert.deepEqual(ids(fall(services, new Set(["mail"]))), ["shop", "film", "parcel"]);
});

test("a second factor saves its account although the mailbox fell", () => {
  assert.deepEqual(ids(fall(services, new Set(["club"]))), ["shop", "mail", "film", "parcel"]);
});

test("an account is secured by what can be changed there, the mailbox in either of two ways", () => {
  assert.deepEqual(waysOf({ kind: "leak" }), []);
  assert.deepEqual(waysOf({ kind: "variant" }), ["password"]);
  assert.deepEqual(waysOf({ kind: "own" }), ["factor"]);
  assert.deepEqual(waysOf({ kind: "same", resets: true }), ["password", "factor"]);
});

test("of one account one thing is changed, and pressing it again takes it back", () => {
  const changed = new Map();
  toggle(changed, "mail", "password");
  toggle(changed, "mail", "factor");
  assert.deepEqual([...changed], [["mail", "factor"]]);
  toggle(changed, "mail", "factor");
  assert.equal(changed.size, 0);
});

test("a password manager gives passwords, not second factors", () => {
  assert.deepEqual([...new Set(allChanged(services).values())], ["password"]);
});

test("the robbed shop falls whatever was changed", () => {
  assert.deepEqual(ids(fall(services, allChanged(services))), ["shop"]);
});

// The paper's solution and the text version say so.
test("of three changes the best leave two fallen, and five where the mailbox stays as it was", () => {
  const kinds = { shop: "leak", mail: "same", film: "same", game: "same", parcel: "variant", photos: "own", club: "own", tax: "own" };
  const all = Object.entries(kinds).map(([id, kind]) => ({ id, kind, resets: id === "mail" }));
  const ids = Object.keys(kinds).filter((id) => id !== "shop");
  const threes = ids.flatMap((a, i) => ids.slice(i + 1).flatMap((b, j) => ids.slice(i + j + 2).map((c) => [a, b, c])));
  const fewest = (chosen) => Math.min(...chosen.map((three) => fall(all, new Set(three)).length));
  assert.equal(threes.length, 35);
  assert.equal(fewest(threes), 2);
  assert.equal(fewest(threes.filter((three) => !three.includes("mail"))), 5);
});
