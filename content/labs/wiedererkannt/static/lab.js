// Wiedererkannt: find somebody in a table without names, then repair the table.

import { fillIn, h, play } from "../labs/kit.js";
import { fitting, judge, missing, STEPS } from "./groups.js";

const COLUMNS = Object.keys(STEPS);
const SHOWN = 8; // rows of a table that would otherwise fill the phone
const GOAL = { k: 5, useful: 0.4 };

const rowsOf = (words) =>
  words.table.map(([postcode, born, sex, job, field, answer]) => ({ postcode, born, sex, job, field, answer }));

// The roles are said once more: some browsers forget them where CSS lays a row out anew.
const table = (caption, columns, rows, cells, more) =>
  h("div", { class: "lab-scroll", tabIndex: 0, role: "region", "aria-label": caption },
    h("table", { class: "lab-table wiedererkannt-rows", role: "table" },
      h("thead", { role: "rowgroup" },
        h("tr", { role: "row" }, ...columns.map((name) => h("th", { scope: "col", role: "columnheader" }, name)))),
      h("tbody", { role: "rowgroup" },
        ...rows.slice(0, SHOWN).map((row) => h("tr", { role: "row" }, ...cells(row).map((cell) => h("td", { role: "cell" }, cell))))),
    ),
    rows.length > SHOWN && h("p", { class: "muted" }, more(rows.length - SHOWN)),
  );

const steps = (words, current) =>
  h("ol", { class: "lab-steps" }, ...words.steps.map((step, index) =>
    h("li", { "aria-current": index === current && "step" }, `${index + 1}. ${step}`)));

// One figure for each row; who fits no more steps back.
const crowd = (rows, left) =>
  h("div", { class: "wiedererkannt-crowd", "aria-hidden": "true" }, ...rows.map((row) =>
    h("span", { class: left.has(row) ? "is-in" : "" })));

// --- Finding -------------------------------------------------------------------------

const findPart = (stage, rows, index) => {
  const words = stage.words.find;
  const person = stage.words.people[index];
  const known = {};
  const count = h("p", {}, "");
  const verdict = h("div", { class: "lab-note" });
  const list = h("div");
  const people = crowd(rows, new Set(rows));
  const names = [...COLUMNS, "answer"].map((column) => words.columns[column]);

  const update = () => {
    const left = fitting(rows, known);
    const isOne = left.length === 1;
    const isTold = left.length < 4 && new Set(left.map(({ answer }) => answer)).size === 1;
    const said = fillIn(isOne ? words.one : words.left, { all: rows.length });
    const values = { ...person, count: left.length, answer: left[0]?.answer };
    count.replaceChildren(h("span", { class: "lab-figure" }, left.length), " ", said);
    rows.forEach((row, at) => people.children[at].classList.toggle("is-in", left.includes(row)));
    const hasStarted = Object.keys(known).length > 0;
    verdict.replaceChildren(
      h("p", {}, isOne ? fillIn(words.found, values) : isTold ? fillIn(words.told, values) : hasStarted ? words.many : words.none),
      ...(isOne ? [h("p", {}, words.others)] : []),
    );
    onward.hidden = !(isOne || isTold);
    list.replaceChildren(
      table(words.table, names, left, (row) => [...COLUMNS.map((column) => row[column]), isOne || isTold ? h("strong", {}, row.answer) : row.answer],
        (rest) => fillIn(words.more_rows, { count: rest })));
    const result = [...verdict.children].map((each) => each.textContent).join(" ");
    if (hasStarted) stage.say(`${left.length} ${said}. ${isOne || isTold ? result : ""}`);
  };

  const choice = (column) => {
    const button = h("button", { type: "button", class: "lab-choice", "aria-pressed": "false" }, person.from[column]);
    button.addEventListener("click", () => {
      if (column in known) delete known[column];
      else known[column] = person.known[column];
      button.setAttribute("aria-pressed", column in known);
      update();
    });
    return button;
  };

  const next = stage.words.people[index + 1];
  const onward = h("p", { class: "wiedererkannt-onward" }, h("button", {
    type: "button",
    class: "button",
    onclick: () => (next ? findPart(stage, rows, index + 1) : repairPart(stage, rows)),
  }, next ? fillIn(words.next_person, next) : words.to_repair));

  stage.show(
    steps(stage.words, 0),
    h("h2", {}, index ? person.name : words.title),
    ...(index ? [] : [h("p", {}, words.intro)]),
    h("div", { class: "lab-columns" },
      h("div", {}, !index && h("h3", {}, person.name), h("p", {}, person.who),
        h("div", { class: "lab-choices", role: "group", "aria-label": person.name }, ...COLUMNS.map(choice))),
      h("div", {}, count, people, verdict, onward)),
    list,
  );
  update();
};

// --- Repairing -----------------------------------------------------------------------

const repairPart = (stage, rows) => {
  const words = stage.words.repair;
  const level = Object.fromEntries(COLUMNS.map((column) => [column, 0]));
  let suppress = 0;
  const figures = h("div", { class: "wiedererkannt-figures" });
  const rest = h("p", { class: "muted" });
  const answers = h("ul", { class: "wiedererkannt-checks" });
  const goals = h("ul", { class: "wiedererkannt-checks" });
  const price = h("div", { class: "lab-note" });
  const done = h("div", { hidden: true },
    price,
    h("p", { class: "wiedererkannt-onward" }, h("button", { type: "button", class: "button", onclick: () => stage.finish() }, words.finish)));
  const list = h("div");

  const check = (isKept, text, yes, no) =>
    h("li", { data: { kept: isKept } }, h("span", {}, text), h("b", {}, isKept ? yes : no));

  // Whether a question can still be answered; only in part, where some people are gone.
  const answered = (now, { text, column, up_to: upTo }) => {
    const isKept = level[column] <= upTo && now.people > 0;
    const gone = isKept && upTo === 0 ? missing(rows, now.groups, column) : [];
    if (!gone.length) return check(isKept, text, words.still, words.not_any_more);
    return check("part", `${text} ${fillIn(words.nobody_with, { values: gone.join(", ") })}`, words.in_part);
  };

  const update = (isFirst) => {
    const now = judge(rows, level, suppress);
    const useful = Math.round(now.useful * 100);
    figures.replaceChildren(
      meter(words.k, String(now.k), Math.min(now.k / GOAL.k, 1), now.k < GOAL.k),
      meter(words.useful, fillIn(words.percent, { value: useful }), now.useful, now.useful < GOAL.useful));
    rest.textContent = `${fillIn(words.kept, { people: now.people, all: rows.length })}. ${words.alone}: ${now.alone}. ${words.told}: ${now.told}.`;
    answers.replaceChildren(...words.answers.map((each) => answered(now, each)));
    const reached = [now.k >= GOAL.k, now.useful >= GOAL.useful, now.told === 0 && now.people > 0];
    goals.replaceChildren(...[words.goal_k, words.goal_useful, words.goal_told].map((text, index) => check(reached[index], text, words.reached, words.not_yet)));
    price.replaceChildren(
      h("p", {}, fillIn(words.done, { gone: rows.length - now.people, all: rows.length })),
      missing(rows, now.groups, "sex").includes("d") ? h("p", {}, words.done_rare) : "");
    done.hidden = !reached.every(Boolean);
    const written = now.groups.flat();
    list.replaceChildren(table(words.sample, [...COLUMNS, "answer"].map((column) => stage.words.find.columns[column]), written,
      (each) => [...COLUMNS.map((column) => each[column] || h("span", { class: "muted" }, words.gone)), each.row.answer],
      (more) => fillIn(stage.words.find.more_rows, { count: more })));
    if (!isFirst) stage.say(fillIn(words.announce, { k: now.k, useful }));
  };

  const control = (column) => {
    const { label, steps: names } = words.columns[column];
    return h("fieldset", {}, h("legend", {}, label),
      h("div", { class: "lab-choices" }, ...names.map((name, value) =>
        h("label", { class: "lab-choice" },
          h("input", {
            type: "radio",
            name: `wiedererkannt-${column}`,
            checked: value === level[column],
            onchange: () => {
              level[column] = value;
              update();
            },
          }), name))));
  };
  const leave = h("label", { class: "check" },
    h("input", {
      type: "checkbox",
      onchange: ({ target }) => {
        suppress = target.checked ? GOAL.k : 0;
        update();
      },
    }), h("span", {}, words.suppress));

  stage.show(
    steps(stage.words, 1),
    h("h2", {}, words.title),
    h("p", {}, words.intro),
    h("div", { class: "lab-columns" },
      h("div", { class: "wiedererkannt-controls" }, figures, ...COLUMNS.map(control), leave),
      h("div", {}, rest, goals, done, h("h3", {}, words.questions), answers)),
    h("h3", {}, words.sample),
    list,
    h("p", {}, h("button", { type: "button", class: "button is-quiet", onclick: () => findPart(stage, rows, stage.words.people.length - 1) }, words.back)),
  );
  update(true);
};

const meter = (label, value, part, isLow) => {
  const fillPart = h("span", { style: { "--part": part } });
  return h("p", { class: "lab-meter" }, h("span", {}, h("span", {}, label), h("strong", {}, value)),
    h("span", { class: `lab-bar${isLow ? " is-low" : ""}`, "aria-hidden": "true" }, fillPart));
};

play("wiedererkannt", (stage) => {
  findPart(stage, rowsOf(stage.words), 0);
});
