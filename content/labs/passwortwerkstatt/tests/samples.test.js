// The vendored estimator finds in the samples what the words of the lab say about them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { partsOf } from "../static/estimate.js";

const source = readFileSync(new URL("../static/vendor/zxcvbn-de.min.js", import.meta.url), "utf8");
const { estimator } = await import(`data:text/javascript;base64,${Buffer.from(source).toString("base64")}`);
const zxcvbn = estimator();
const kinds = (password) => partsOf(zxcvbn.check(password).sequence).map(({ kind }) => kind);

test("patterns are found in the samples", () => {
  assert.deepEqual(kinds("Jonas2011!"), ["firstnames", "year", "symbols"]);
  assert.deepEqual(kinds("qwertzuiop"), ["spatial"]);
  assert.deepEqual(kinds("P@ssw0rt!"), ["passwords", "symbols"]);
  assert.deepEqual(kinds("MHfj4M,wdPk!"), ["free"]);
});

test("what the lab offers to try is recognised", () => {
  const words = readFileSync(new URL("../words.de.yaml", import.meta.url), "utf8");
  const offered = words.match(/try_examples: \[(.+)\]/)[1].split(", ");
  assert.ok(offered.length > 3);
  for (const password of offered) assert.ok(!kinds(password).includes("free"), password);
});

test("the samples fall in this order", () => {
  const order = ["qwertzuiop", "P@ssw0rt!", "Jonas2011!", "MHfj4M,wdPk!"];
  const guesses = order.map((password) => zxcvbn.check(password).guesses);
  assert.deepEqual(guesses, [...guesses].sort((a, b) => a - b));
});
