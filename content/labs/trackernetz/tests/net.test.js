import assert from "node:assert/strict";
import { test } from "node:test";

import { bids, fate, knownTo, linesOf, passedOn, profile, reached } from "../static/net.js";

const firms = { mess: { passes: "boerse" }, boerse: { passes: "kartei" }, netz: {}, kartei: {} };
const news = { name: "Bote", readers: { mess: "cookie", netz: "plugin" } };
const shop = { name: "Laden", readers: { boerse: "cookie" } };
const order = { id: "order", line: "hat bestellt", own: "Anschrift", match: { firm: "kartei", line: "Name" } };
const blocker = { stops: ["cookie", "plugin"] };
const alias = { stops: ["mail"] };

test("what one firm reads reaches those it passes it on to, once each", () => {
  assert.deepEqual(reached(["mess", "netz"], firms), ["mess", "netz", "boerse", "kartei"]);
  assert.deepEqual(passedOn(["mess"], firms), [["mess", "boerse"], ["boerse", "kartei"]]);
});

test("a click in the shop is read along like any other", () => {
  const lines = profile([{ site: shop, choice: { id: "shoes", line: "sucht Schuhe" } }]);
  assert.deepEqual(knownTo("kartei", lines, firms).map(({ text }) => text), ["sucht Schuhe"]);
  assert.deepEqual(knownTo("netz", lines, firms), []);
});

test("what the shop is told stays there; comparing lists tells a dealer the name", () => {
  const lines = linesOf({ site: shop, choice: order });
  assert.deepEqual(knownTo("boerse", lines, firms).map(({ text }) => text), ["hat bestellt"]);
  assert.deepEqual(knownTo("kartei", lines, firms).map(({ text }) => text), ["hat bestellt", "Name"]);
});

test("a protection takes a line from whom it stops, and leaves it to others", () => {
  const [line] = linesOf({ site: news, choice: { line: "liest" } });
  assert.deepEqual(fate(line, [], firms), { state: "held", at: ["mess", "netz", "boerse", "kartei"] });
  assert.deepEqual(fate(line, [{ loosens: ["plugin"] }], firms), { state: "held", at: ["mess", "boerse", "kartei"] });
  assert.deepEqual(fate(line, [{ loosens: ["cookie", "plugin"] }], firms).state, "loose");
  assert.deepEqual(fate(line, [{ loosens: ["cookie", "plugin"] }, blocker], firms), { state: "gone", at: [] });
  assert.deepEqual(fate(line, [{}], firms).state, "held");
});

test("no blocker takes what the shop was told; an own address ends the comparison only", () => {
  const [read, own, name] = linesOf({ site: shop, choice: order });
  const states = (protections) => [read, own, name].map((line) => fate(line, protections, firms).state);
  assert.deepEqual(states([blocker]), ["gone", "own", "held"]);
  assert.deepEqual(states([alias]), ["held", "own", "gone"]);
});

test("clicks make the price, and only those the request shows", () => {
  const bidders = [{ name: "Schuhe", base: 9, wants: { shoes: 45 } }, { name: "Kredit", base: 10, wants: { credit: 60 } }];
  const [first, second] = bids(bidders, [{ id: "shoes", text: "sucht Schuhe" }]);
  assert.deepEqual([first.name, first.value, first.reasons.length], ["Schuhe", 54, 1]);
  assert.deepEqual([second.name, second.value, second.reasons], ["Kredit", 10, []]);
});
