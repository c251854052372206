// Station 1: which password falls first, which lasts, and why.

import { fillIn, h } from "../labs/kit.js";
import { halfOf, namedParts, RATES, seconds } from "./estimate.js";
import { button, isOpen, lane, lock, moveTo, radios, steps, ticks } from "./parts.js";
import { estimator } from "./vendor/zxcvbn-de.min.js";

let zxcvbn;
const checked = (password) => (zxcvbn ??= estimator()).check(password);

// Returns the samples with what is known about them, those that fall first in front.
const judged = (words) =>
  words.samples
    .map((sample) => {
      if (sample.random) return { ...sample, guesses: halfOf(sample.random) };
      const { guesses, sequence } = checked(sample.password);
      return { ...sample, guesses, kind: namedParts(sequence, words.parts) };
    })
    .sort((one, other) => one.guesses - other.guesses);

export const crackPart = (stage, onward) => {
  const words = stage.words.crack;
  const falling = judged(stage.words);
  const title = h("h2", {}, words.title);
  const hint = h("p", {}, words.intro);
  let first = null;

  const guess = (sample, card) => {
    if (first === sample) return;
    if (first) {
      revealPart(stage, falling, { first, last: sample }, onward);
      return;
    }
    first = sample;
    title.textContent = words.second;
    hint.textContent = words.second_hint;
    card.setAttribute("aria-disabled", "true");
    card.append(h("span", { class: "passwortwerkstatt-mark" }, words.first_mark));
    moveTo(title);
  };
  const cardOf = (sample) => {
    const card = h("button", { type: "button", class: "passwortwerkstatt-card" }, lock(), h("code", {}, sample.password), h("span", {}, sample.owner));
    card.addEventListener("click", () => guess(falling.find(({ password }) => password === sample.password), card));
    return card;
  };

  stage.show(
    steps(stage.words, 0), title, hint,
    h("div", { class: "passwortwerkstatt-cards", role: "group", "aria-label": words.group }, ...stage.words.samples.map(cardOf)),
    h("p", { class: "muted" }, stage.words.made_up));
};

const verdictOf = (words, falling, guessed) => {
  const [first, last] = [falling[0], falling[falling.length - 1]];
  const isFirst = guessed.first === first;
  const isLast = guessed.last === last;
  const said = isFirst ? (isLast ? words.both : words.one_first) : isLast ? words.one_last : words.neither;
  return fillIn(said, { first: `${first.password} (${first.owner})`, last: `das Passwort von ${last.owner}` });
};

const revealPart = (stage, falling, guessed, onward) => {
  const words = stage.words.crack;
  const lanes = falling.map((sample) => ({
    sample,
    ...lane(stage, sample.password, h("span", { class: "passwortwerkstatt-why" }, h("b", {}, sample.kind), " ", sample.why), true),
  }));
  const own = ownPattern(stage);
  const sum = h("p", { class: "passwortwerkstatt-sum" });
  const setRate = (rate) => {
    for (const { sample, set } of lanes) set(seconds(sample.guesses, rate));
    const open = lanes.filter(({ sample }) => isOpen(seconds(sample.guesses, rate))).length;
    const said = fillIn(open === 1 ? words.open_one : words.open, { count: open, all: lanes.length });
    sum.replaceChildren(h("span", { class: "lab-figure" }, open), " ", h("span", {}, said));
    own.setRate(rate);
    return `${open} ${said}`;
  };
  const rates = Object.keys(RATES).map((rate) => [rate, stage.words.rates[rate].name, stage.words.rates[rate].speed]);

  stage.show(
    steps(stage.words, 0),
    h("h2", {}, words.result),
    h("p", { class: "passwortwerkstatt-verdict" }, verdictOf(words, falling, guessed)),
    radios("rate", words.rate, rates, "slow", (rate) => {
      stage.say(setRate(rate));
    }),
    sum,
    h("div", { class: "passwortwerkstatt-scale" }, ticks(stage.words),
      h("ol", { class: "passwortwerkstatt-lanes", "aria-label": words.scale }, ...lanes.map(({ element }, index) => {
        element.style.setProperty("--turn", index);
        return element;
      }))),
    h("p", { class: "lab-note" }, words.lesson),
    own.element,
    h("p", { class: "muted" }, words.source),
    h("p", {}, button(words.onward, onward)));
  setRate("slow");
};

// A field for made-up patterns. Nothing is kept; what is typed is gone with the station.
const ownPattern = (stage) => {
  const words = stage.words.crack;
  let rate = "slow";
  const kind = h("span", { class: "passwortwerkstatt-why" });
  const bar = lane(stage, words.try_lane, kind);
  const scale = h("div", { class: "passwortwerkstatt-scale", hidden: true }, ticks(stage.words), h("ul", { class: "passwortwerkstatt-lanes" }, bar.element));
  const show = () => {
    scale.hidden = !field.value;
    if (!field.value) return;
    const { guesses, sequence } = checked(field.value);
    kind.replaceChildren(h("b", {}, namedParts(sequence, stage.words.parts)));
    const time = bar.set(seconds(guesses, rate));
    stage.say(fillIn(words.announce, { password: words.try_lane, time }));
  };
  const field = h("input", {
    type: "text", id: "passwortwerkstatt-own", class: "input", maxLength: 60, autocomplete: "off", autocapitalize: "none",
    "aria-describedby": "passwortwerkstatt-rule", oninput: show,
  });
  field.setAttribute("spellcheck", "false");
  const example = (text) => h("button", {
    type: "button", class: "lab-choice", onclick: () => {
      field.value = text;
      show();
    },
  }, h("code", {}, text));
  const element = h("section", { class: "passwortwerkstatt-own" },
    h("h3", {}, words.try_title),
    h("p", { id: "passwortwerkstatt-rule" }, words.try_hint),
    h("div", { class: "lab-choices", role: "group", "aria-label": words.try_some }, ...words.try_examples.map(example)),
    h("div", { class: "field passwortwerkstatt-field" }, h("label", { for: field.id }, words.try_label), field), scale);
  return {
    element,
    setRate: (chosen) => {
      rate = chosen;
      show();
    },
  };
};
