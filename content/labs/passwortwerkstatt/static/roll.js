// Station 2: words by dice, and what each of them adds.

import { fillIn, h, isCalm, svg } from "../labs/kit.js";
import { facesIn, facesOf, roll, wordNumber } from "./dice.js";
import { bitsOf, halfOf, seconds } from "./estimate.js";
import { button, lane, steps, ticks } from "./parts.js";
import { WORDS } from "./vendor/dice-words.js";

const ENOUGH = 4;
const MOST = 7;
const RATES_SHOWN = ["slow", "fast"];
const DOTS = { 1: [4], 2: [0, 8], 3: [0, 4, 8], 4: [0, 2, 6, 8], 5: [0, 2, 4, 6, 8], 6: [0, 2, 3, 5, 6, 8] };

const die = (face, turn) => {
  const drawing = svg("svg", { viewBox: "0 0 60 60", width: 60, height: 60, class: "passwortwerkstatt-die" },
    svg("path", { d: "M9 6c14-3 29-2 42 0 4 14 4 28 1 44-14 4-29 4-44 1-3-15-3-30 1-45z" }),
    ...DOTS[face].map((spot) => svg("circle", { cx: 17 + (spot % 3) * 13, cy: 17 + Math.floor(spot / 3) * 13, r: 4.6 })));
  drawing.style.setProperty("--turn", turn);
  return drawing;
};

// Prints the list and nothing else: whoever rolls at home needs no screen.
const printList = (words) => {
  const entry = (word, number) => h("li", {}, h("b", {}, facesOf(number)), " ", word);
  const sheet = h("div", { class: "passwortwerkstatt-list" }, h("h1", {}, words.title), h("p", {}, words.list_how), h("ol", {}, ...WORDS.map(entry)));
  document.body.append(sheet);
  window.addEventListener("afterprint", () => sheet.remove(), { once: true });
  window.print();
};

export const rollPart = (stage, onward) => {
  const words = stage.words.dice;
  const found = [];
  const dice = h("div", { class: "passwortwerkstatt-dice", "aria-hidden": "true" }, ...[3, 1, 6, 2].map(die));
  const said = h("p", { class: "passwortwerkstatt-rolled" });
  const phrase = h("ol", { class: "passwortwerkstatt-phrase", "aria-label": words.phrase });
  const sum = h("p", {});
  const rateNames = RATES_SHOWN.map((rate) => stage.words.rates[rate].name);
  const lanes = RATES_SHOWN.map((rate, index) => ({ rate, ...lane(stage, rateNames[index], false) }));
  const bits = h("p", { class: "lab-note" }, words.picky);
  const wait = h("p", { class: "muted" }, words.wait);
  const next = button(words.onward, onward, { hidden: true });

  const update = () => {
    const n = found.length;
    const size = bitsOf(n).toLocaleString(stage.language, { maximumFractionDigits: 0 });
    phrase.replaceChildren(...found.map((word) => h("li", {}, word)));
    sum.textContent = n ? fillIn(n === 1 ? words.count_one : words.count, { n, bits: size }) : words.empty;
    const times = lanes.map(({ rate, set }) => set(n ? seconds(halfOf({ of: WORDS.length, times: n }), rate) : null));
    bits.textContent = n === 0 ? words.picky : n === 1 ? fillIn(words.bits, { bits: size, coins: size }) : n < ENOUGH ? words.each : n < MOST ? words.picky : words.full;
    next.hidden = n < ENOUGH;
    wait.hidden = n >= ENOUGH;
    // Not "disabled": that would take the focus from the button just pressed.
    for (const each of [throwing, lookup]) each.setAttribute("aria-disabled", String(n >= MOST));
    return times;
  };
  const take = (faces) => {
    if (found.length >= MOST) return stage.say(words.full);
    const word = WORDS[wordNumber(faces)];
    found.push(word);
    dice.replaceChildren(...faces.map(die));
    dice.classList.toggle("is-rolling", !isCalm());
    said.textContent = fillIn(words.rolled, { dice: faces.join(" "), word: `„${word}“` });
    const times = update().map((time, index) => `${rateNames[index]}: ${time}`);
    return stage.say([said.textContent, sum.textContent, ...times].join(". "));
  };
  const throwing = button(words.roll, () => take(roll((bytes) => crypto.getRandomValues(bytes))), { class: "button is-big passwortwerkstatt-throw" });

  const field = h("input", { type: "text", id: "passwortwerkstatt-faces", class: "input", inputMode: "numeric", autocomplete: "off", maxLength: 12 });
  const wrong = h("p", { class: "field-error", id: "passwortwerkstatt-wrong" });
  const lookup = h("button", { class: "button is-quiet passwortwerkstatt-throw" }, words.own_button);
  // The field is described by what is wrong: whoever comes to it hears it, whoever is
  // there already has to be told.
  const complain = () => (document.activeElement === field ? stage.say(words.own_wrong) : field.focus());
  const form = h("form", {
    onsubmit: (event) => {
      event.preventDefault();
      const faces = facesIn(field.value);
      wrong.textContent = faces ? "" : words.own_wrong;
      field.setAttribute("aria-invalid", String(!faces));
      if (!faces) return complain();
      if (found.length < MOST) field.value = "";
      return take(faces);
    },
  }, h("div", { class: "field" }, h("label", { for: field.id }, words.own_label), wrong, field), lookup);
  field.setAttribute("aria-describedby", wrong.id);

  stage.show(
    steps(stage.words, 1),
    h("h2", {}, words.title),
    h("p", {}, words.intro),
    h("div", { class: "lab-columns" },
      h("div", {}, dice, said, h("p", { class: "row" }, throwing),
        h("details", { class: "more" }, h("summary", {}, words.own), form)),
      h("div", {}, h("h3", {}, words.phrase), phrase, sum,
        h("div", { class: "passwortwerkstatt-scale" }, ticks(stage.words), h("ul", { class: "passwortwerkstatt-lanes" }, ...lanes.map(({ element }) => element))),
        bits)),
    h("p", { class: "muted" }, words.home),
    h("p", {}, button(words.list, () => printList(words), { class: "button is-small is-quiet" })),
    h("p", {}, next), wait);
  update();
};
