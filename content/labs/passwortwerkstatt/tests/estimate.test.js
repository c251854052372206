import assert from "node:assert/strict";
import { test } from "node:test";

import { bitsOf, halfOf, inWords, namedParts, partsOf, position, seconds } from "../static/estimate.js";

const times = {
  instant: "sofort",
  universe: "immer",
  units: [
    [1, "eine Sekunde", "{n} Sekunden"],
    [60, "eine Minute", "{n} Minuten"],
    [3600, "eine Stunde", "{n} Stunden"],
    [31557600, "ein Jahr", "{n} Jahre"],
  ],
};
const parts = {
  firstnames: "Vorname", passwords: "bekannt", year: "Jahr", symbols: "Zeichen", digits: "Ziffern",
  free: "frei", swapped: "{part} getauscht", reversed: "{part} rückwärts",
};

test("the rate decides how long the same guesses take", () => {
  assert.equal(seconds(1e10, "fast"), 1);
  assert.equal(seconds(1e10, "slow"), 1e6);
  assert.equal(seconds(100, "throttled"), 3600);
});

test("random words are found after half of all possibilities", () => {
  assert.equal(halfOf({ of: 1296, times: 1 }), 648);
  assert.equal(Math.round(bitsOf(6)), 62);
});

test("times are said as people say them", () => {
  assert.equal(inWords(0.4, times, "de"), "sofort");
  assert.equal(inWords(1, times, "de"), "eine Sekunde");
  assert.equal(inWords(50.4, times, "de"), "50 Sekunden");
  assert.equal(inWords(10_260, times, "de"), "3 Stunden");
  assert.equal(inWords(5400, times, "de"), "1,5 Stunden");
  assert.equal(inWords(5793 * 31_557_600, times, "de"), "5.800 Jahre");
  assert.equal(inWords(1e20, times, "de"), "immer");
});

test("the scale runs from a second to its end and never leaves the drawing", () => {
  assert.equal(position(0.001), 0);
  assert.equal(position(1), 0);
  assert.ok(position(60) > 0 && position(60) < position(3600));
  assert.equal(position(1e30), 1);
});

test("a name with a year and a sign is named as such", () => {
  const found = [
    { pattern: "dictionary", dictionaryName: "firstnames", token: "Jonas" },
    { pattern: "regex", regexName: "recentYear", token: "2011" },
    { pattern: "bruteforce", token: "!" },
  ];
  assert.equal(namedParts(found, parts), "Vorname + Jahr + Zeichen");
});

test("a year that the dictionary does not know yet is a year all the same", () => {
  assert.deepEqual(partsOf([{ pattern: "bruteforce", token: "2026!" }]).map(({ kind }) => kind), ["year", "symbols"]);
  assert.deepEqual(partsOf([{ pattern: "bruteforce", token: "MHfj4M,w" }]).map(({ kind }) => kind), ["free"]);
});

test("swapped letters and words backwards are named", () => {
  const swapped = { pattern: "dictionary", dictionaryName: "passwords", token: "P@ss", l33t: true };
  const reversed = { pattern: "dictionary", dictionaryName: "firstnames", token: "sanoj", reversed: true };
  assert.equal(namedParts([swapped, reversed], parts), "bekannt getauscht + Vorname rückwärts");
});
