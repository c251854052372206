// The operator's side: weights, three people, and what they earn.

import { dice, fillIn, h } from "../labs/kit.js";
import { CHECKS, MOST, PRESETS, WEIGHTS, run } from "./people.js";
import { number, steps } from "./charts.js";
import { face } from "./draw.js";

const MOST_MINUTES = 40;

const meter = (label, value, part, isLow) =>
  h("p", { class: "lab-meter" }, h("span", {}, h("span", {}, label), h("strong", {}, value)),
    h("span", { class: `lab-bar${isLow ? " is-low" : ""}`, "aria-hidden": "true" }, h("span", { style: { "--part": Math.min(1, part) } })));

export const operatePart = (stage) => {
  const words = stage.words.operate;
  const weights = { ...PRESETS.attention };
  const percent = (value) => fillIn(stage.words.percent, { value: number(stage, value * 100, 0) });
  const earned = h("p", { class: "derfeed-earned" });
  const people = h("ul", { class: "derfeed-people" });
  const goals = h("ul", { class: "derfeed-checks" });
  const all = h("p", { class: "lab-note", hidden: true }, words.all);

  const person = ({ name, minutes, topics, fierce, glad }) =>
    h("li", {},
      h("div", { class: "derfeed-person" }, face(name), h("strong", {}, words.people[name].name), h("p", {}, words.people[name].wants)),
      meter(words.minutes, number(stage, minutes, 0), minutes / MOST_MINUTES),
      meter(words.topics, number(stage, topics, 0), topics / 8),
      meter(words.fierce, percent(fierce), fierce, fierce > 0.25),
      meter(words.glad, percent(glad), glad));

  const update = (isFirst) => {
    const now = run(weights, dice);
    earned.replaceChildren(h("span", { class: "lab-figure" }, number(stage, now.cents, 0)), " ", words.earned);
    people.replaceChildren(...now.evenings.map(person));
    const reached = Object.entries(CHECKS).map(([name, isReached]) => [words.goals[name], isReached(now)]);
    goals.replaceChildren(...reached.map(([text, isKept]) => h("li", { data: { kept: isKept } }, h("span", {}, text), h("b", {}, isKept ? words.reached : words.not_yet))));
    all.hidden = !reached.every(([, isKept]) => isKept);
    if (isFirst) return;
    const list = (key) => now.evenings.map((each) => number(stage, each[key], 0)).join(", ");
    stage.say(fillIn(words.announce, { cents: number(stage, now.cents, 0), minutes: list("minutes"), topics: list("topics") }));
  };

  const sliders = WEIGHTS.map((name) => {
    const value = h("b", { "aria-hidden": "true" }, String(weights[name]));
    const input = h("input", { type: "range", min: 0, max: MOST, step: 1, value: weights[name], oninput: () => set({ [name]: Number(input.value) }) });
    return { name, input, value, element: h("label", { class: "derfeed-slider" }, h("span", {}, words.weights[name], value), input) };
  });
  const presets = Object.entries(PRESETS).map(([name, preset]) => h("button", { type: "button", class: "lab-choice", "aria-pressed": String(name === "attention"), onclick: () => set(preset) }, words.preset[name]));
  const set = (given) => {
    Object.assign(weights, given);
    Object.values(PRESETS).forEach((preset, at) => presets[at].setAttribute("aria-pressed", WEIGHTS.every((name) => preset[name] === weights[name])));
    for (const { name, input, value } of sliders) {
      input.value = weights[name];
      value.textContent = String(weights[name]);
    }
    update();
  };

  const law = ({ kind, text }) => h("li", {}, h("b", { class: "derfeed-kind" }, words.kinds[kind]), " ", text);

  update(true);
  stage.show(
    steps(stage.words, 3),
    h("h2", {}, words.title),
    h("p", {}, words.intro),
    h("h3", {}, words.goals_title),
    h("div", { class: "derfeed-result" }, earned, goals),
    all,
    h("div", { class: "lab-columns is-wide-right" },
      h("div", { class: "derfeed-desk" },
        h("h3", {}, words.presets),
        h("div", { class: "lab-choices" }, ...presets),
        ...sliders.map(({ element }) => element)),
      people),
    h("h3", {}, words.law_title),
    h("ul", { class: "derfeed-law" }, ...words.law.map(law)),
    h("p", {}, h("button", { type: "button", class: "button", onclick: () => stage.finish() }, words.finish)),
  );
};
