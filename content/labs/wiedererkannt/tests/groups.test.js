import assert from "node:assert/strict";
import { test } from "node:test";

import { coarsened, fitting, groups, judge, missing } from "../static/groups.js";

const row = (postcode, born, sex, job, field, answer) => ({ postcode, born, sex, job, field, answer });
const rows = [
  row("00417", 1981, "w", "Pflege", "Gesundheit", "Schlaf"),
  row("00418", 1984, "w", "Apotheke", "Gesundheit", "Schlaf"),
  row("00421", 1992, "m", "Kita", "Bildung", "nichts"),
];
const exact = { postcode: 0, born: 0, sex: 0, job: 0 };

test("who fits is who agrees in everything known", () => {
  assert.deepEqual(fitting(rows, {}), rows);
  assert.deepEqual(fitting(rows, { sex: "w", born: 1984 }), [rows[1]]);
  assert.deepEqual(fitting(rows, { sex: "w", job: "Kita" }), []);
});

test("an exact table leaves everybody alone and keeps all its worth", () => {
  const { k, alone, told, useful, people } = judge(rows, exact);
  assert.deepEqual({ k, alone, told, useful, people }, { k: 1, alone: 3, told: 3, useful: 1, people: 3 });
});

test("coarse values look alike; who is alone is told, and what all of a group say", () => {
  const level = { postcode: 1, born: 1, sex: 0, job: 1 };
  assert.equal(coarsened(rows, level)[0].born, "1980–1984");
  assert.deepEqual(groups(coarsened(rows, level)).map((group) => group.length), [2, 1]);
  const { k, alone, told } = judge(rows, level);
  assert.deepEqual({ k, alone, told }, { k: 1, alone: 1, told: 3 });
});

test("small groups left out cost their share", () => {
  const level = { postcode: 1, born: 1, sex: 0, job: 1 };
  const { k, people, useful } = judge(rows, level, 2);
  assert.deepEqual({ k, people }, { k: 2, people: 2 });
  assert.equal(useful.toFixed(4), (((0.5 + 0.75 + 1 + 0.5) / 4) * (2 / 3)).toFixed(4));
});

test("who is left out is missed where all of their kind are", () => {
  const level = { postcode: 1, born: 1, sex: 0, job: 1 };
  assert.deepEqual(missing(rows, judge(rows, level, 2).groups, "sex"), ["m"]);
  assert.deepEqual(missing(rows, judge(rows, level, 2).groups, "postcode"), ["00421"]);
  assert.deepEqual(missing(rows, judge(rows, level).groups, "sex"), []);
});

test("a table of which nothing is left is worth nothing", () => {
  const { k, people, useful } = judge(rows, exact, 5);
  assert.deepEqual({ k, people, useful }, { k: 0, people: 0, useful: 0 });
});
