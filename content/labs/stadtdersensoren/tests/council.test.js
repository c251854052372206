import assert from "node:assert/strict";
import { test } from "node:test";

import { byVote, dayOf, flowOf, formOf, open, questions, tensions } from "../static/council.js";

const phones = {
  id: "phones", at: "10:35", isCount: true, flow: ["WLAN"], conditions: [{ id: "count", flow: ["Lichtschranke"], softens: true }, { id: "open" }],
  trace: "Ihr Handy", soft: "eine von vielen",
};
const video = {
  id: "video", at: "07:40", flow: ["Kamera"], trace: "Ihr Gesicht, 14 Tage lang.",
  conditions: [{ id: "short", trace: "Ihr Gesicht, 48 Stunden lang." }, { id: "veil", adds: "Fenster verpixelt." }, { id: "sunset" }],
};
const plates = { id: "plates", at: "09:05", flow: ["Kamera"], conditions: [{ id: "erase", softens: true }, { id: "choice" }], trace: "Ihr Kennzeichen", soft: "gelöscht" };
const items = [phones, video, plates];

test("a condition changes the way of the data, another leaves it", () => {
  assert.deepEqual(flowOf(phones, []), ["WLAN"]);
  assert.deepEqual(flowOf(phones, ["open"]), ["WLAN"]);
  assert.deepEqual(flowOf(phones, ["count", "open"]), ["Lichtschranke"]);
});

test("what is allowed leaves a trace, and only a condition that softens it changes that", () => {
  const left = (vote, ...conditions) => dayOf([phones], { phones: { vote, conditions } }).map(({ text, kind }) => [text, kind]);
  assert.deepEqual(left("accept"), [["Ihr Handy", "traced"]]);
  assert.deepEqual(left("conditioned", "open"), [["Ihr Handy", "traced"]]);
  assert.deepEqual(left("conditioned", "count"), [["eine von vielen", "counted"]]);
  assert.deepEqual(left("reject"), []);
  assert.deepEqual(left("later"), []);
});

test("a trace says of the conditions what was ticked, and no more", () => {
  const told = (...conditions) => dayOf([video], { video: { vote: "conditioned", conditions } })[0].text;
  assert.equal(told("sunset"), "Ihr Gesicht, 14 Tage lang.");
  assert.equal(told("short"), "Ihr Gesicht, 48 Stunden lang.");
  assert.equal(told("veil"), "Ihr Gesicht, 14 Tage lang. Fenster verpixelt.");
  assert.equal(told("short", "veil"), "Ihr Gesicht, 48 Stunden lang. Fenster verpixelt.");
});

test("what leads to nobody is called counted only where something counts", () => {
  const air = { id: "air", at: "12:00", conditions: [], soft: "für alle" };
  assert.deepEqual(dayOf([air], { air: { vote: "accept" } }), [{ item: air, text: "für alle", kind: "none" }]);
  const [erased] = dayOf([plates], { plates: { vote: "conditioned", conditions: ["erase"] } });
  assert.deepEqual([erased.text, erased.kind], ["gelöscht", "none"]);
});

test("a day runs from morning to evening", () => {
  const all = Object.fromEntries(items.map(({ id }) => [id, { vote: "accept" }]));
  assert.deepEqual(dayOf(items, all).map(({ item }) => item.id), ["video", "plates", "phones"]);
});

test("a town that measures much and publishes nothing is asked who checks it", () => {
  const four = ["a", "b", "c", "d"].map((id) => ({ id, conditions: [] }));
  const all = Object.fromEntries(four.map(({ id }) => [id, { vote: "conditioned", conditions: [] }]));
  assert.deepEqual(tensions(four, all), ["closed"]);
  assert.deepEqual(tensions([{ ...four[0], isPublic: true }, ...four.slice(1)], all), []);
  assert.deepEqual(tensions(four, { ...all, a: { vote: "conditioned", conditions: ["open"] } }), []);
});

test("what was not decided stays open", () => {
  const choices = { phones: { vote: "later" } };
  assert.equal(open(items, choices), 2);
  assert.deepEqual(byVote(items, choices).open, [video, plates]);
});

test("decisions that sit oddly together are asked about", () => {
  assert.deepEqual(tensions(items, { video: { vote: "reject" }, plates: { vote: "accept" }, phones: { vote: "reject" } }), ["plates"]);
  assert.deepEqual(tensions(items, { video: { vote: "reject" }, plates: { vote: "reject" }, phones: { vote: "accept" } }), ["phones"]);
  const all = (vote) => Object.fromEntries(items.map(({ id }) => [id, { vote }]));
  assert.deepEqual(tensions(items, all("accept")), ["freely"]);
  assert.deepEqual(tensions(items, all("reject")), ["nothing"]);
  assert.deepEqual(tensions(items, {}), []);
});

test("every line is asked by somebody who wanted it otherwise", () => {
  const asked = (choices) => questions(items, choices).map(({ name, item }) => [name, item.id]);
  const all = (vote) => Object.fromEntries(items.map(({ id }) => [id, { vote }]));
  assert.deepEqual(asked(all("accept")), [["allowed", "phones"]]);
  assert.deepEqual(asked(all("reject")), [["refused", "phones"]]);
  assert.deepEqual(asked(all("later")), [["later", "phones"]]);
  assert.deepEqual(asked({ ...all("reject"), phones: { vote: "later" } }), [["refused", "video"]]);
  assert.deepEqual(asked({}), []);
});

test("who allows something is asked first about what leads to a person", () => {
  const soft = { vote: "conditioned", conditions: ["count"] };
  assert.deepEqual(questions(items, { phones: soft, plates: { vote: "accept" } }), [{ name: "allowed", item: plates }]);
  assert.deepEqual(questions(items, { phones: soft }), [{ name: "allowed", item: phones }]);
});

test("conditions that leave a trace as it was are asked about", () => {
  const asked = (...conditions) => questions(items, { video: { vote: "conditioned", conditions } }).map(({ name }) => name);
  assert.deepEqual(asked("sunset"), ["weak"]);
  assert.deepEqual(asked("short", "sunset"), ["allowed"]);
  assert.deepEqual(asked("veil"), ["weak"]);
});

test("no, one and several things are said in different words", () => {
  assert.deepEqual([0, 1, 2].map(formOf), ["none", "one", "some"]);
});
