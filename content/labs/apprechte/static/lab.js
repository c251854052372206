// App-Rechte: decide on twelve apps, see a night go by, sort, and look at one's own phone.

import { fillIn, h, play } from "../labs/kit.js";
import { icon } from "./icons.js";
import { formOf, isDefensible, known, night, open, together } from "./rights.js";

const counted = (forms, count) => fillIn(forms[formOf(count)], { count });
const button = (label, onclick, quiet) => h("button", { type: "button", class: `button${quiet ? " is-quiet" : ""}`, onclick }, label);

const steps = (words, current) =>
  h("ol", { class: "lab-steps" }, ...words.steps.map((step, index) =>
    h("li", { "aria-current": index === current && "step" }, `${index + 1}. ${step}`)));

// --- Deciding ------------------------------------------------------------------------

const sheet = (words, decisions) => {
  const told = known(words.apps, decisions);
  const more = together(words.combos, decisions);
  return h("div", { class: "apprechte-sheet" },
    h("h3", {}, words.phone.sheet),
    told.length === 0 && h("p", { class: "muted" }, words.phone.sheet_empty),
    h("ul", {}, ...told.map(({ app, text }) => h("li", {}, h("b", {}, `${app.name}: `), text))),
    more.length > 0 && h("div", { class: "lab-note apprechte-more" }, h("h4", {}, words.phone.together), h("p", {}, words.phone.together_if),
      h("ul", {}, ...more.map(({ text }) => h("li", {}, text)))));
};

const tile = (words, app, decisions, onclick) => {
  const chosen = decisions[app.id];
  return h("button", { type: "button", class: `apprechte-tile${chosen ? " is-asked" : ""}${chosen && app.options[chosen].knows ? " is-told" : ""}`, onclick },
    icon(app.id), h("span", {}, app.name), chosen && h("small", {}, app.options[chosen].knows ? "● " : "", words.choices[chosen]));
};

const phone = (stage, decisions, from) => {
  const { words } = stage;
  const left = open(words.apps, decisions);
  const tiles = words.apps.map((app) => tile(words, app, decisions, () => asking(stage, decisions, app)));
  stage.show(
    steps(words, 0),
    h("h2", {}, words.phone.title),
    left === words.apps.length && h("p", {}, words.phone.intro),
    h("div", { class: "lab-columns" },
      h("div", { class: "apprechte-phone" },
        h("p", { class: "apprechte-bar" }, h("b", {}, words.phone.clock), h("span", {}, counted(words.phone.left, left))),
        h("div", { class: "apprechte-grid", role: "group", "aria-label": words.phone.grid }, ...tiles),
        left <= 6 && h("p", { class: "apprechte-onward" }, button(left ? words.phone.enough : words.phone.night, () => nightPart(stage, decisions), left > 0))),
      sheet(words, decisions)),
  );
  if (from) tiles[words.apps.indexOf(from)].focus();
};

const asking = (stage, decisions, app) => {
  const { words } = stage;
  const choose = (option) => answer(stage, { ...decisions, [app.id]: option }, app);
  stage.show(
    steps(words, 0),
    h("div", { class: "apprechte-phone is-app" },
      h("p", { class: "apprechte-open" }, icon(app.id), h("span", {}, h("b", {}, app.name), h("br"), app.does)),
      h("div", { class: "apprechte-dialog" },
        h("h2", {}, fillIn(words.phone.wants, app)),
        h("div", { class: "apprechte-options" }, ...Object.keys(app.options).map((option) =>
          h("button", { type: "button", class: "lab-choice", onclick: () => choose(option) }, words.choices[option]))))),
  );
};

const answer = (stage, decisions, app) => {
  const { words } = stage;
  const option = app.options[decisions[app.id]];
  const more = together(words.combos, decisions).filter(({ needs }) => needs.includes(`${app.id}:${decisions[app.id]}`));
  stage.show(
    steps(words, 0),
    h("div", { class: "apprechte-phone is-app" },
      h("p", { class: "apprechte-open" }, icon(app.id), h("span", {}, h("b", {}, app.name), h("br"), words.choices[decisions[app.id]])),
      h("div", { class: "apprechte-dialog" },
        h("h2", {}, words.phone.works), h("p", {}, option.works),
        h("h3", {}, words.phone.knows), h("p", { class: option.knows ? "apprechte-told" : "" }, option.knows ?? words.phone.nothing),
        more.length > 0 && [h("h3", {}, words.phone.new), ...more.map(({ text }) => h("p", { class: "apprechte-told" }, text))],
        h("div", { class: "row" }, button(words.phone.back, () => phone(stage, decisions, app)),
          button(words.phone.change, () => asking(stage, decisions, app), true)))),
  );
};

// --- A night -------------------------------------------------------------------------

const nightPart = (stage, decisions) => {
  const { words } = stage;
  const happens = night(words.apps, decisions);
  const line = (at, text, app) => h("li", { class: app ? "is-read" : "" }, h("time", {}, at), app && icon(app.id), h("span", {}, text));
  stage.show(
    steps(words, 1),
    h("h2", {}, words.night.title),
    h("p", {}, words.night.intro),
    h("ol", { class: "apprechte-night" },
      line(words.night.lies, words.night.laid),
      ...(happens.length ? happens.map(({ at, does, app }) => line(at, does, app)) : [line("…", words.night.calm)]),
      line(words.night.wakes, words.night.woken)),
    h("p", { class: "apprechte-count" }, counted(words.night.count, happens.length)),
    h("div", { class: "row" }, button(words.night.onward, () => sortPart(stage, decisions, 0, 0)), button(words.phone.back, () => phone(stage, decisions), true)),
  );
};

// --- Sorting -------------------------------------------------------------------------

const sortPart = (stage, decisions, at, agreed) => {
  const { words } = stage;
  const app = words.apps[at];
  if (!app) return checkPart(stage, decisions, agreed);
  const verdict = h("div", { class: "lab-note", tabIndex: -1, hidden: true });
  const answers = Object.entries(words.sort.answers).map(([name, label]) =>
    h("button", { type: "button", class: "lab-choice", "aria-pressed": "false", onclick: (event) => judge(name, event.currentTarget) }, label));
  const judge = (name, pressed) => {
    const isRight = isDefensible(app, name);
    const said = app.sort.right.map((each) => words.sort.answers[each].toLowerCase()).join(` ${words.sort.or} `);
    for (const each of answers) each.disabled = true;
    pressed.setAttribute("aria-pressed", "true");
    verdict.hidden = false;
    verdict.replaceChildren(
      h("p", {}, h("b", {}, isRight ? words.sort.agreed : fillIn(words.sort.differs, { said })), " ", app.sort.why),
      h("p", {}, button(at + 1 < words.apps.length ? words.sort.next : words.sort.to_end, () => sortPart(stage, decisions, at + 1, agreed + isRight))));
    verdict.focus();
  };
  stage.show(
    steps(words, 2),
    h("h2", {}, words.sort.title),
    at === 0 && h("p", {}, words.sort.intro),
    h("p", { class: "muted" }, fillIn(words.sort.of, { at: at + 1, all: words.apps.length })),
    h("p", { class: "apprechte-open" }, icon(app.id), h("span", {}, h("b", {}, app.name), h("br"), `${app.does} ${app.what}?`)),
    h("div", { class: "lab-choices", role: "group", "aria-label": fillIn(words.sort.group, app) }, ...answers),
    verdict,
  );
};

const checkPart = (stage, decisions, agreed) => {
  const { words } = stage;
  stage.show(
    h("h2", {}, words.check.title),
    h("p", { class: "lab-note" }, fillIn(words.sort.result, { count: agreed, all: words.apps.length })),
    h("p", {}, words.check.intro),
    h("div", { class: "lab-columns" }, ...words.check.systems.map((system) =>
      h("div", {}, h("h3", {}, system.name), h("ol", {}, ...system.steps.map((step) => h("li", {}, step))), system.look && h("p", {}, system.look)))),
    h("h3", {}, words.check.list),
    h("ul", { class: "apprechte-checks" }, ...words.check.questions.map((question) =>
      h("li", {}, h("label", {}, h("input", { type: "checkbox" }), h("span", {}, question))))),
    h("p", {}, button(words.check.done, () => stage.finish(decisions.weather))),
  );
};

play("apprechte", (stage) => phone(stage, {}));
