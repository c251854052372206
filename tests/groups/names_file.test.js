import assert from "node:assert/strict";
import { test } from "node:test";

import { canEncrypt, FORMAT, HIGHEST, ITERATIONS, NamesFileError, readLines, seal, unseal } from "../../learnsite/static/js/names-file.js";

const GROUP = "0b0e9b7e-5f0c-4d2e-9b8a-2f1d8b7a6c5e";
const OTHER = "7d6c5b4a-1111-4222-8333-944455566677";
const WORDS = "Würfel Teppich Ampel Fluss";
const NAMES = new Map([[1, "Aylin Çelik"], [3, "Jörg Müller"], [40, "Zoë"]]);

const reasonOf = async (work) => {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof NamesFileError, error);
    return error.reason;
  }
  return "";
};
const changed = (text, change) => JSON.stringify({ ...JSON.parse(text), ...change });

test("what was sealed opens again, with the same passphrase and for the same group", async () => {
  const text = await seal(NAMES, WORDS, GROUP);
  assert.deepEqual(await unseal(text, WORDS, GROUP), NAMES);
  const otherKeyboard = `  ${WORDS.normalize("NFD")} `;
  assert.deepEqual(await unseal(text, otherKeyboard, GROUP), NAMES);
});

test("a file shows neither names nor how long they are, and is another one each time", async () => {
  const [one, again] = [await seal(NAMES, WORDS, GROUP), await seal(new Map([[1, "A"]]), WORDS, GROUP)];
  for (const part of ["Aylin", "Müller", "Zoë", WORDS]) assert.ok(!one.includes(part));
  const [a, b] = [JSON.parse(one), JSON.parse(again)];
  assert.equal(a.data.length, b.data.length);
  assert.notEqual(a.salt, b.salt);
  assert.notEqual(a.iv, b.iv);
  assert.deepEqual(Object.keys(a), ["format", "version", "group", "kdf", "iterations", "salt", "cipher", "iv", "data", "check"]);
  assert.equal(a.format, FORMAT);
  assert.ok(a.iterations >= 600_000);
});

test("a mistyped passphrase is told from a damaged file, and both from a foreign one", async () => {
  const text = await seal(NAMES, WORDS, GROUP);
  const file = JSON.parse(text);
  const data = (file.data[0] === "A" ? "B" : "A") + file.data.slice(1);
  assert.equal(await reasonOf(unseal(text, "Würfel Teppich Ampel", GROUP)), "wrong_passphrase");
  assert.equal(await reasonOf(unseal(text, WORDS, OTHER)), "other_group");
  assert.equal(await reasonOf(unseal(changed(text, { data }), WORDS, GROUP)), "damaged");
  assert.equal(await reasonOf(unseal(changed(text, { data: undefined }), WORDS, GROUP)), "damaged");
  assert.equal(await reasonOf(unseal(text.slice(0, -40), WORDS, GROUP)), "damaged");
  assert.equal(await reasonOf(unseal(changed(text, { version: 2 }), WORDS, GROUP)), "newer");
  for (const foreign of ["", "[1]", "null", "Lena;Tom", '{"format":"anders"}', "x".repeat(200_000)]) {
    assert.equal(await reasonOf(unseal(foreign, WORDS, GROUP)), "wrong_file");
  }
});

test("a file put under another group by hand opens nothing", async () => {
  const text = await seal(NAMES, WORDS, OTHER);
  const moved = changed(text, { group: GROUP });
  assert.equal(await reasonOf(unseal(moved, WORDS, GROUP)), "damaged");
  // Even with a check that fits: the group is proven by the cipher itself.
  const { iterations, salt, iv, data } = JSON.parse(text);
  const bytes = new TextEncoder().encode([GROUP, iterations, salt, iv, data].join("/"));
  const check = Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("base64");
  assert.equal(await reasonOf(unseal(changed(text, { group: GROUP, check }), WORDS, GROUP)), "wrong_passphrase");
});

test("a file may not ask for a weak key, nor for one that takes for ever", async () => {
  const text = await seal(NAMES, WORDS, GROUP);
  for (const iterations of [1, ITERATIONS - 1, 1e12, "600000", null]) {
    assert.equal(await reasonOf(unseal(changed(text, { iterations }), WORDS, GROUP)), "damaged");
  }
});

test("a short passphrase locks nothing", async () => {
  assert.equal(await reasonOf(seal(NAMES, "  kurz      ", GROUP)), "short");
});

test("without Web Crypto it says so", async () => {
  const { subtle } = crypto;
  assert.ok(canEncrypt());
  Object.defineProperty(crypto, "subtle", { value: undefined, configurable: true });
  try {
    assert.ok(!canEncrypt());
    assert.equal(await reasonOf(seal(NAMES, WORDS, GROUP)), "no_crypto");
    assert.equal(await reasonOf(unseal("", WORDS, GROUP)), "no_crypto");
  } finally {
    Object.defineProperty(crypto, "subtle", { value: subtle, configurable: true });
  }
});

test("lines get the numbers of their order, empty ones leave theirs free", () => {
  const { names, left } = readLines("Aylin\r\n\r\n  Jörg\u200b  Müller \nZoë\n\n\n");
  assert.deepEqual([...names], [[1, "Aylin"], [3, "Jörg Müller"], [4, "Zoë"]]);
  assert.equal(left, 0);
});

test("a class list that brings numbers keeps them", () => {
  const { names } = readLines("3\tJörg\n1. Aylin\n12; Zoë");
  assert.deepEqual([...names], [[1, "Aylin"], [3, "Jörg"], [12, "Zoë"]]);
  assert.deepEqual([...readLines("3 Jörg\nAylin").names], [[1, "3 Jörg"], [2, "Aylin"]]);
});

test("what has no number any more is counted, not lost in silence", () => {
  const lines = Array.from({ length: HIGHEST + 2 }, (_, at) => `Name ${at}`).join("\n");
  const { names, left } = readLines(lines);
  assert.equal(names.size, HIGHEST);
  assert.equal(left, 2);
  assert.equal(readLines("  \n ").names.size, 0);
});
