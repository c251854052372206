import assert from "node:assert/strict";
import { test } from "node:test";

import { dice } from "../../../static/labs/kit.js";
import { CHECKS, PEOPLE, PRESETS, fierceness, run } from "../static/people.js";

const { attention, likes, variety } = PRESETS;
const evenings = (weights) => run(weights, dice).evenings;

test("an evening comes out the same each time", () => {
  assert.deepEqual(run(attention, dice), run(attention, dice));
});

test("who weighs time and shares brings up what excites", () => {
  assert.ok(fierceness(attention) > 2.4);
  assert.ok(fierceness(likes) < 1.6);
  assert.equal(fierceness({ dwell: 0, like: 0, share: 0, novelty: 0 }), 1);
});

test("attention takes more minutes and leaves less content than hearts", () => {
  evenings(attention).forEach((evening, at) => {
    assert.ok(evening.minutes > evenings(likes)[at].minutes);
    assert.ok(evening.glad < evenings(likes)[at].glad);
    assert.ok(evening.fierce > evenings(likes)[at].fierce);
  });
});

test("weighing the new shows more topics", () => {
  evenings(variety).forEach((evening, at) => assert.ok(evening.topics > evenings(attention)[at].topics));
});

test("advertising earns and drives people away", () => {
  const [none, some, much] = [0, 5, 10].map((ads) => run({ ...attention, ads }, dice));
  assert.equal(none.cents, 0);
  assert.ok(some.cents > none.cents && much.cents > some.cents);
  assert.ok(much.evenings[0].minutes < some.evenings[0].minutes);
});

test("all three goals can be reached at once, but not by attention", () => {
  const isReached = (evening) => Object.values(CHECKS).every((check) => check(evening));
  assert.ok(isReached(run({ dwell: 2, like: 3, share: 0, novelty: 10, ads: 6 }, dice)));
  assert.ok(!isReached(run(attention, dice)));
});

test("an evening ends even if nothing tires", () => {
  const endless = { wish: { musik: 9 }, pull: {}, patience: 50 };
  PEOPLE.push({ name: "test", ...endless });
  assert.equal(run({ ...likes, ads: 0 }, dice).evenings.length, 4);
  PEOPLE.pop();
});
