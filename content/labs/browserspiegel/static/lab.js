// Browser-Spiegel: look in, see how rare the mixture is, see what helps.

import { fillIn, h, play } from "../labs/kit.js";
import { changed, changesOf, CROWD, fitting } from "./crowd.js";
import { readAll } from "./reading.js";

const FIGURES = 250; // each stands for four people

const steps = (words, current) =>
  h("ol", { class: "lab-steps" }, ...words.steps.map((step, index) =>
    h("li", { "aria-current": index === current && "step" }, `${index + 1}. ${step}`)));

const button = (label, onclick) => h("p", {}, h("button", { type: "button", class: "button", onclick }, label));

// --- Looking in ----------------------------------------------------------------------

const line = (words, name, answer) => {
  const { label, good, other } = words.lines[name];
  return h("li", {}, h("details", {},
    h("summary", {}, h("b", {}, label), " ", h("span", { class: `browserspiegel-answer${answer ? "" : " is-hidden"}` }, answer || words.mirror.hidden)),
    h("dl", {}, h("dt", {}, words.mirror.good), h("dd", {}, good), h("dt", {}, words.mirror.other), h("dd", {}, other))));
};

const mirror = (stage) => {
  const { words } = stage;
  const { answers, picture } = readAll(words.answers);
  const names = Object.keys(words.lines);
  const group = (key) =>
    h("section", { class: "browserspiegel-group" }, h("h3", {}, words.mirror.groups[key]),
      key === "drawing" && picture && h("figure", { class: "browserspiegel-picture" }, picture, h("figcaption", { class: "muted" }, words.picture)),
      h("ul", {}, ...names.filter((name) => words.lines[name].group === key).map((name) => line(words, name, answers[name]))));
  if (picture) {
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", words.picture);
  }
  const unanswered = names.filter((name) => !answers[name]);
  const count = names.length - unanswered.length;
  stage.show(
    steps(words, 0),
    h("h2", {}, fillIn(words.mirror.count, { count })),
    h("p", {}, words.mirror.hint),
    h("div", { class: "browserspiegel-groups" }, ...Object.keys(words.mirror.groups).map(group)),
    button(words.mirror.onward, () => rare(stage, unanswered)),
  );
};

// --- How rare ------------------------------------------------------------------------

const rare = (stage, unanswered) => {
  const { words } = stage;
  const chosen = new Set();
  let isSame = false;
  const figures = Array.from({ length: FIGURES }, () => h("span"));
  const count = h("p", { class: "browserspiegel-count" });
  const note = h("p", { class: "lab-note", hidden: true }, words.rare.same_says);

  const update = (isFirst) => {
    const left = fitting([...chosen], isSame);
    const shown = Math.max(1, Math.round((left / CROWD) * FIGURES));
    figures.forEach((figure, at) => figure.classList.toggle("is-in", at < shown));
    const number = left.toLocaleString(stage.language);
    const said = left === 1 ? words.rare.alone : words.rare.crowd;
    count.replaceChildren(h("span", { class: "lab-figure" }, number), " ", said);
    note.hidden = !isSame;
    if (!isFirst) stage.say(`${number}: ${said}`);
  };

  const choice = (label, change) =>
    h("label", { class: "lab-choice" }, h("input", { type: "checkbox", onchange: ({ target }) => { change(target.checked); update(); } }), h("span", {}, label));
  const shares = Object.entries(words.rare.shares).map(([name, label]) =>
    choice(label, (isOn) => (isOn ? chosen.add(name) : chosen.delete(name))));

  const study = ({ name, size, unique }) => h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, size), h("td", {}, unique));
  stage.show(
    steps(words, 1),
    h("h2", {}, words.rare.title),
    h("p", {}, words.rare.intro),
    h("div", { class: "lab-columns browserspiegel-thinning" },
      h("div", { class: "browserspiegel-left" }, count, h("div", { class: "browserspiegel-crowd", "aria-hidden": "true" }, ...figures), h("p", { class: "muted" }, words.rare.dot)),
      h("div", {}, h("div", { class: "browserspiegel-shares", role: "group", "aria-label": words.rare.title }, ...shares),
        h("div", { class: "browserspiegel-shares" }, choice(words.rare.same, (isOn) => (isSame = isOn))), note)),
    h("h3", {}, words.rare.known),
    h("div", { class: "lab-scroll", tabIndex: 0, role: "region", "aria-label": words.rare.known },
      h("table", { class: "lab-table" },
        h("thead", {}, h("tr", {}, ...[words.rare.study, words.rare.size, words.rare.unique].map((label) => h("th", { scope: "col" }, label)))),
        h("tbody", {}, ...words.rare.studies.map(study)))),
    h("p", {}, words.rare.reading),
    button(words.rare.onward, () => help(stage, unanswered)),
  );
  update(true);
};

// --- What helps ----------------------------------------------------------------------

const help = (stage, unanswered) => {
  const { words } = stage;
  const names = Object.keys(words.lines);
  const says = h("p", { class: "lab-note" });
  const count = h("p", { class: "browserspiegel-count" });
  const list = h("ul", { class: "browserspiegel-changes" });

  const choose = (way, isFirst) => {
    const changes = changesOf(names, way, unanswered);
    const number = changed(changes, unanswered);
    says.textContent = way.says;
    count.textContent = way.count ?? (number ? fillIn(words.help.count, { count: number }) : words.help.none);
    list.replaceChildren(...changes.map(({ name, change }) =>
      h("li", { class: `is-${change}` }, h("span", {}, words.lines[name].label), h("b", {}, words.help[change]))));
    if (!isFirst) stage.say(`${way.name}: ${count.textContent}.`);
  };

  const ways = Object.entries(words.help.ways);
  const radio = ([name, way]) =>
    h("label", { class: "lab-choice" }, h("input", { type: "radio", name: "browserspiegel-way", checked: name === "normal", onchange: () => choose(way) }), h("span", {}, way.name));
  stage.show(
    steps(words, 2),
    h("h2", {}, words.help.title),
    h("p", {}, words.help.intro),
    h("div", { class: "lab-columns is-wide-right" },
      h("div", { class: "browserspiegel-shares", role: "radiogroup", "aria-label": words.help.group }, ...ways.map(radio)),
      h("div", {}, says, count, list)),
    h("p", { class: "browserspiegel-why" }, words.help.why),
    button(words.help.done, () => stage.finish()),
  );
  choose(words.help.ways.normal, true);
};

play("browserspiegel", (stage) => {
  const { words } = stage;
  stage.show(h("h2", {}, words.mirror.title), h("p", {}, `${words.mirror.intro} ${words.mirror.here}`), button(words.mirror.start, () => mirror(stage)));
});
