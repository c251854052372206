// Cleaning: guess which traces survive, clean the files for real, look at them again.

import { fillIn, h } from "../labs/kit.js";
import { clean } from "./clean.js";
import { factsOf } from "./facts.js";
import { open } from "./parts.js";
import { bar, button, focusOn, NAME, steps } from "./show.js";
import { markOf } from "./traces.js";

const count = (value, stage) => value.toLocaleString(stage.language);

const fileRow = (stage, name, { photo, facts }, isClean) => {
  const { names, dirty, less, same } = stage.words.wash;
  const after = isClean ? factsOf(open(clean(photo))).bytes : facts.bytes;
  const values = { before: count(facts.bytes, stage), after: count(after, stage), told: count(facts.told, stage), percent: Math.round((facts.told / facts.bytes) * 100) };
  return h("li", {}, h("b", {}, names[name]), bar(facts, isClean), h("span", {}, fillIn(facts.told ? (isClean ? less : dirty) : same, values)));
};

const fileRows = (stage, files, isClean) =>
  h("ul", { class: `${NAME}-files` }, ...Object.entries(files).map(([name, file]) => fileRow(stage, name, file, isClean)));

const traceRow = ({ wash: { fates, marks } }, { says, washed, fate }, isGuessed) =>
  h("li", { class: `${NAME}-trace is-${fate}` },
    h("span", {}, h("b", {}, says), " ", h("span", { class: `${NAME}-tag` }, fates[fate])),
    h("span", {}, washed, " ", h("span", { class: "muted" }, marks[markOf(fate, isGuessed)])));

const ways = (words) => {
  const said = h("p", { class: "lab-note", hidden: true });
  const all = words.ways.map(({ name, says }) => {
    const each = button(name, () => {
      for (const other of all) other.setAttribute("aria-pressed", String(other === each));
      said.textContent = says;
      said.hidden = false;
      focusOn(said);
    }, "lab-choice");
    each.setAttribute("aria-pressed", "false");
    return each;
  });
  return [h("h3", {}, words.ways_title), h("div", { class: "lab-choices", role: "group", "aria-label": words.ways_title }, ...all), said];
};

const washedPart = (stage, files, guessed, onOwn) => {
  const { words } = stage;
  stage.show(
    steps(words, 1),
    h("h2", {}, words.wash.done),
    h("p", {}, words.wash.proof),
    fileRows(stage, files, true),
    h("h3", {}, words.wash.traces),
    h("ul", { class: `${NAME}-traces` }, ...words.file.slots.map((slot, index) => traceRow(words, slot, guessed.has(index)))),
    h("p", {}, words.wash.too_late),
    ...ways(words),
    h("p", { class: `${NAME}-actions` }, button(words.wash.own, onOwn), button(words.finish, () => stage.finish(), "button is-quiet")));
};

export const washPart = (stage, files, onOwn) => {
  const { words } = stage;
  const guessed = new Set();
  const toggle = (index) => ({ currentTarget }) => {
    if (!guessed.delete(index)) guessed.add(index);
    currentTarget.setAttribute("aria-pressed", String(guessed.has(index)));
  };
  const choices = words.file.slots.map(({ says }, index) =>
    h("button", { type: "button", class: "lab-choice", "aria-pressed": "false", onclick: toggle(index) }, says));
  stage.show(
    steps(words, 1),
    h("h2", {}, words.wash.title),
    h("p", {}, words.wash.intro),
    fileRows(stage, files, false),
    h("p", {}, h("strong", {}, words.wash.guess)),
    h("div", { class: "lab-choices", role: "group", "aria-label": words.wash.guess }, ...choices),
    h("p", {}, button(words.wash.go, () => washedPart(stage, files, guessed, onOwn), "button is-big")));
};
