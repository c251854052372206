import assert from "node:assert/strict";
import { test } from "node:test";

import { calendar, fold } from "../static/calendar.js";
import { compare, tally } from "../static/check.js";
import { deadline, easter, inWords, isDate, monthsLater } from "../static/deadline.js";
import { asText, authorityFor, compose } from "../static/letter.js";

const words = {
  hello: "Guten Tag,", mark: "Unter: {mark}.", month: "Ein Monat.", bye: "Grüße",
  gaps: { name: "[Name]", address: "[Anschrift]", to: "[Empfänger]", date: "[Datum]", about: "[was]", authority: "[Aufsicht]" },
  extra: { haendler: "Woher?" },
  texts: { auskunft: { subject: "Auskunft", body: ["Was?"] }, loeschung: { subject: "Löschung", body: ["Weg: {about}"] }, beschwerde: { subject: "Beschwerde", body: ["Über: {about}"] } },
};

test("a month ends on the same day, or on the last one there is", () => {
  assert.equal(monthsLater("2026-01-05", 1), "2026-02-05");
  assert.equal(monthsLater("2026-01-31", 1), "2026-02-28");
  assert.equal(monthsLater("2028-01-31", 1), "2028-02-29");
  assert.equal(monthsLater("2026-08-31", 1), "2026-09-30");
  assert.equal(monthsLater("2026-12-15", 1), "2027-01-15");
  assert.equal(monthsLater("2026-11-30", 3), "2027-02-28");
});

test("a deadline on a weekend moves to Monday, others stay", () => {
  assert.deepEqual(deadline("2026-01-31"), { plain: "2026-02-28", due: "2026-03-02", isMoved: true });
  assert.equal(deadline("2026-02-01").due, "2026-03-02");
  assert.deepEqual(deadline("2026-01-05"), { plain: "2026-02-05", due: "2026-02-05", isMoved: false });
});

test("Easter falls where the calendar has it", () => {
  assert.deepEqual([2024, 2025, 2026, 2027, 2038].map(easter), ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"]);
});

test("a deadline on a holiday of all Germany moves to the next working day", () => {
  assert.equal(deadline("2026-11-25").due, "2026-12-28");
  assert.equal(deadline("2026-03-03").due, "2026-04-07");
  assert.equal(deadline("2026-04-14").due, "2026-05-15");
  assert.equal(deadline("2026-04-25").due, "2026-05-26");
});

test("only days that exist are dates", () => {
  assert.ok(isDate("2026-02-28"));
  for (const wrong of ["2026-02-30", "28.2.2026", "9999-12-31", "", undefined]) assert.ok(!isDate(wrong));
});

test("a date is written as its language does", () => {
  assert.equal(inWords("2026-03-02", "de-DE"), "2. März 2026");
  assert.equal(inWords("2026-03-02", "en-GB"), "2 March 2026");
});

test("what is not filled in stays a gap", () => {
  const letter = compose(words, { kind: "loeschung" });
  assert.equal(letter.sender, "[Name]\n[Anschrift]");
  assert.equal(letter.day, "[Datum]");
  assert.deepEqual(letter.paragraphs, ["Guten Tag,", "Weg: [was]", "Ein Monat.", "Grüße", "[Name]"]);
});

test("a letter says who, from whom, and what is special there", () => {
  const text = asText(compose(words, { kind: "auskunft", whom: "haendler", name: " Mia ", mark: "7", date: "2026-01-31", language: "de-DE" }));
  for (const part of ["Mia\n", "Unter: 7.", "Woher?", "31. Januar 2026"]) assert.ok(text.includes(part), part);
});

test("what somebody writes is not taken for a pattern", () => {
  assert.ok(asText(compose(words, { kind: "loeschung", about: "{to} $&" })).includes("Weg: {to} $&"));
});

test("the body goes on where the greeting ended with a comma; how to know somebody comes later", () => {
  const { paragraphs } = compose(words, { kind: "auskunft", whom: "firma", mark: "7", name: "Mia" });
  assert.deepEqual(paragraphs, ["Guten Tag,", "Was?", "Unter: 7.", "Ein Monat.", "Grüße", "Mia"]);
});

test("a complaint goes to the authority", () => {
  const place = { name: "Amt", address: "Weg 1", site: "a.de" };
  assert.equal(compose(words, { kind: "beschwerde", authority: place }).to, "Amt\nWeg 1");
  assert.equal(compose(words, { kind: "beschwerde", to: "Firma" }).to, "[Aufsicht]");
  assert.ok(!compose(words, { kind: "beschwerde" }).paragraphs.includes("Ein Monat."));
});

test("Bavaria has one authority for firms and another for schools", () => {
  const all = [{ state: "Bayern", only: "private", name: "A" }, { state: "Bayern", only: "public", name: "B" }, { state: "Hessen", name: "C" }];
  assert.equal(authorityFor(all, "Bayern", "firma").name, "A");
  assert.equal(authorityFor(all, "Bayern", "schule").name, "B");
  assert.equal(authorityFor(all, "Hessen", "schule").name, "C");
  assert.equal(authorityFor(all, "", "firma"), undefined);
});

test("lines of a calendar are at most 75 bytes and lose no letter", () => {
  const line = `SUMMARY:${"ä€😀".repeat(40)}`;
  const folded = fold(line).split("\r\n");
  assert.ok(folded.length > 3);
  for (const part of folded) assert.ok(Buffer.byteLength(part) <= 75);
  assert.equal(folded.map((part, at) => (at ? part.slice(1) : part)).join(""), line);
});

test("a calendar holds whole days and escapes what has a meaning", () => {
  const text = calendar([{ date: "2026-03-02", next: "2026-03-03", title: "Frist; a, b", text: "eins\nzwei" }]);
  for (const part of ["DTSTART;VALUE=DATE:20260302", "DTEND;VALUE=DATE:20260303", "SUMMARY:Frist\\; a\\, b", "DESCRIPTION:eins\\nzwei", "DTSTAMP:20260302T000000Z"]) assert.ok(text.includes(`${part}\r\n`), part);
  assert.ok(text.endsWith("END:VCALENDAR\r\n"));
});

test("gaps that were seen, overlooked and imagined are told apart", () => {
  const items = [{ id: "a" }, { id: "b" }, { id: "c", isMissing: true }, { id: "d", isMissing: true }];
  const compared = compare(items, new Set(["b", "c"]));
  assert.deepEqual(compared.map(({ verdict }) => verdict), ["fine", "wrong", "found", "overlooked"]);
  assert.deepEqual(tally(compared), { found: 1, missing: 2, wrong: 1 });
});
