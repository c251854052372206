import assert from "node:assert/strict";
import { test } from "node:test";

import { markOf } from "../static/traces.js";

test("whoever guessed that a trace goes, or stays, is right where it does", () => {
  assert.equal(markOf("gone", false), "right");
  assert.equal(markOf("gone", true), "wrong");
  assert.equal(markOf("stays", true), "right");
  assert.equal(markOf("stays", false), "wrong");
});

test("where a trace is only half gone, nobody is told to be wrong", () => {
  assert.equal(markOf("half", true), "half");
  assert.equal(markOf("half", false), "half");
});
