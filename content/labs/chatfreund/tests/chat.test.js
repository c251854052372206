import assert from "node:assert/strict";
import { test } from "node:test";

import { answered, begin, card, formOf, isInDistress, linesOf, read, together } from "../static/chat.js";

const hello = { id: "name", says: [{ text: "Hey" }], free: { facts: { any: "name" } }, replies: [] };
const offer = {
  id: "offer",
  says: [
    { text: "6,99 für {name}", unless: "money" },
    { text: "3,99 für {name}", when: ["money", "alone"] },
    { text: "Nur heute" },
  ],
};

test("Milo remembers the name and asks another price of whoever has little", () => {
  let state = answered(begin(), hello, { text: " Ida ", facts: ["name"], isOwn: true });
  assert.deepEqual(linesOf(offer, state, "du"), ["6,99 für Ida", "Nur heute"]);
  state = answered(state, { id: "worry" }, { text: "Geld", facts: ["money"] });
  assert.deepEqual(linesOf(offer, state, "du"), ["3,99 für Ida", "Nur heute"]);
});

test("a name with signs that mean something elsewhere is a name", () => {
  const state = answered(begin(), hello, { text: "$&", facts: ["name"], isOwn: true });
  assert.equal(linesOf(offer, state, "du")[0], "6,99 für $&");
});

test("words of despair or violence end the game, everyday grumbling does not", () => {
  const earnest = [
    "Ich will nicht mehr leben.", "ich möchte sterben", "ich wäre am liebsten tot", "Ich bring mich um",
    "manchmal ritze ich mich", "mein Vater schlägt mich", "Ich will mir etwas antun", "am liebsten nicht mehr aufwachen",
  ];
  const everyday = ["Die Miete ist zu hoch", "Ich sterbe vor Lachen", "Mathe bringt mich zum Heulen", "Ich lebe gern hier", "Mein Handy ist tot"];
  assert.deepEqual(earnest.filter((text) => !isInDistress(text)), []);
  assert.deepEqual(everyday.filter(isInDistress), []);
});

test("English words of despair or violence end the game, everyday grumbling does not", () => {
  const earnest = [
    "I don’t want to live any more.", "I do not want to wake up", "I want to die", "I wish I was dead", "I'd rather be dead", "I am going to kill myself",
    "sometimes I cut myself", "my father hits me", "thinking about suicide", "they would be better off without me", "he keeps touching me", "I want to end my life",
    "i wanna die", "I don't wanna live anymore", "I feel like dying", "I was raped", "I've been abused",
  ];
  const everyday = ["The rent is too high", "I nearly died laughing", "Maths makes me cry", "I like living here", "My phone is dead", "The bus never comes", "I hurt my knee"];
  assert.deepEqual(earnest.filter((text) => !isInDistress(text)), []);
  assert.deepEqual(everyday.filter(isInDistress), []);
});

test("English words of one's own tell what they name", () => {
  const kinds = { money: "money", grades: "grades", family: "family", ill: "ill", lonely: "alone", any: "style" };
  assert.deepEqual(read("The rent and the exam", kinds), ["money", "grades"]);
  assert.deepEqual(read("Mum is in hospital and I am alone", kinds), ["family", "ill", "alone"]);
  assert.deepEqual(read("It is still raining", kinds), ["style"]);
});

test("without a name he says what stands in for it", () => {
  const state = answered(begin(), hello, { text: "Sag einfach du." });
  assert.deepEqual(linesOf(offer, state, "du"), ["6,99 für du", "Nur heute"]);
});

test("words of one's own tell what they name, else how somebody writes", () => {
  const kinds = { money: "money", grades: "grades", any: "style" };
  assert.deepEqual(read("Die Miete und die Prüfung", kinds), ["money", "grades"]);
  assert.deepEqual(read("Ach, das Wetter", kinds), ["style"]);
  assert.deepEqual(read("   ", kinds), []);
  assert.deepEqual(read("Meine Eltern", kinds), ["style"], "a turn reads only what it asks for");
});

test("a thing told twice stands on the card once, with the words it came from", () => {
  let state = answered(begin(), { id: "worry" }, { text: "Geld", facts: ["money"] });
  state = answered(state, { id: "offer" }, { text: "Kann ich mir nicht leisten", facts: ["money"] });
  assert.deepEqual(card(state), [{ fact: "money", text: "Geld" }]);
  assert.equal(state.at, 2);
});

test("things add up only when all of them were told", () => {
  const combos = [{ needs: ["home", "night"], text: "Licht" }];
  const home = { ...begin(), facts: ["home"] };
  assert.deepEqual(together(home, combos), []);
  assert.deepEqual(together({ ...home, facts: ["home", "night"] }, combos), combos);
});

test("no, one and several things are said in different words", () => {
  assert.deepEqual([0, 1, 5].map(formOf), ["none", "one", "some"]);
});
