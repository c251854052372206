import assert from "node:assert/strict";
import { test } from "node:test";

import { inBox, leaning, outcome, parts, tally } from "../static/mailbox.js";

const message = (id, fraud, needed = false) => ({ id, fraud, needed, in: ["schule"] });
const messages = [message("a", true), message("b", true, true), message("c", false), message("d", false, true)];

test("a mailbox holds what is addressed to it, in order", () => {
  const other = { id: "e", in: ["spaeter"] };
  assert.deepEqual(inBox([other, ...messages], "schule"), messages);
});

test("each answer is one of six outcomes, and asking is never an error", () => {
  assert.equal(outcome(messages[0], "betrug"), "hit");
  assert.equal(outcome(messages[0], "echt"), "miss");
  assert.equal(outcome(messages[2], "echt"), "trusted");
  assert.equal(outcome(messages[2], "betrug"), "alarm");
  assert.equal(outcome(messages[0], "pruefen"), "checked");
  assert.equal(outcome(messages[2], "pruefen"), "checked");
});

test("who trusts what only asking settles was lucky, not right", () => {
  assert.equal(outcome(messages[3], "echt"), "lucky");
  assert.equal(outcome(messages[3], "pruefen"), "checked");
  const { genuine } = tally(messages, { a: "betrug", b: "betrug", c: "echt", d: "echt" });
  assert.deepEqual([genuine.trusted, genuine.lucky], [1, 1]);
});

test("hits and false alarms are counted apart", () => {
  const counts = tally(messages, { a: "betrug", b: "echt", c: "betrug", d: "pruefen" });
  assert.deepEqual(counts.fraud, { all: 2, hit: 1, miss: 1, trusted: 0, lucky: 0, alarm: 0, checked: 0 });
  assert.deepEqual(counts.genuine, { all: 2, hit: 0, miss: 0, trusted: 0, lucky: 0, alarm: 1, checked: 1 });
  assert.deepEqual(counts.needed, { all: 2, checked: 1 });
});

test("suspecting everything is no success", () => {
  const suspicious = Object.fromEntries(messages.map(({ id }) => [id, "betrug"]));
  assert.equal(leaning(tally(messages, suspicious)), "wary");
});

test("which way somebody leans follows from both kinds of error", () => {
  const lean = (...answers) =>
    leaning(tally(messages, Object.fromEntries(messages.map(({ id }, at) => [id, answers[at]]))));
  assert.equal(lean("betrug", "pruefen", "echt", "pruefen"), "sure");
  assert.equal(lean("pruefen", "pruefen", "echt", "pruefen"), "checks");
  assert.equal(lean("echt", "betrug", "echt", "echt"), "open");
  assert.equal(lean("echt", "betrug", "betrug", "echt"), "mixed");
});

test("an address belongs to its last two names, whatever stands before or after", () => {
  assert.deepEqual(parts("https://bank.sicher-login.example/bank.example"), {
    before: "https://bank.",
    heart: "sicher-login.example",
    after: "/bank.example",
  });
  assert.deepEqual(parts("https://flinkpost.example/zoll"), { before: "https://", heart: "flinkpost.example", after: "/zoll" });
  assert.deepEqual(parts("chefin@amt.post.example"), { before: "chefin@amt.", heart: "post.example", after: "" });
});
