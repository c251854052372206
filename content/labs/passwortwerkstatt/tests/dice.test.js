import assert from "node:assert/strict";
import { test } from "node:test";

import { facesIn, facesOf, roll, wordNumber } from "../static/dice.js";
import { WORDS } from "../static/vendor/dice-words.js";

test("there is one word for each roll of four dice", () => {
  assert.equal(WORDS.length, 6 ** 4);
  assert.equal(new Set(WORDS).size, WORDS.length);
  assert.equal(wordNumber([1, 1, 1, 1]), 0);
  assert.equal(wordNumber([1, 1, 2, 1]), 6);
  assert.equal(wordNumber([6, 6, 6, 6]), WORDS.length - 1);
});

test("bytes that would favour some faces are thrown away", () => {
  const bytes = [252, 255, 0, 5, 6, 251];
  const fill = (array) => {
    array[0] = bytes.shift();
    return array;
  };
  assert.deepEqual(roll(fill), [1, 6, 1, 6]);
});

test("typed dice are read in any writing, and only if there are four", () => {
  assert.deepEqual(facesIn("3 1 6 2"), [3, 1, 6, 2]);
  assert.deepEqual(facesIn("3162"), [3, 1, 6, 2]);
  assert.equal(facesIn("3172"), null);
  assert.equal(facesIn("316"), null);
});

test("the printed list names for each word the dice that mean it", () => {
  assert.equal(facesOf(0), "1111");
  assert.equal(facesOf(6), "1121");
  assert.ok(WORDS.every((_, number) => wordNumber(facesIn(facesOf(number))) === number));
});
