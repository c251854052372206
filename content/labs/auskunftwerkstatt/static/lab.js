// Auskunft-Werkstatt: send Mia's letter, see what the answer lacks, decide what follows.

import { fillIn, h, play } from "../labs/kit.js";
import { compare, tally } from "./check.js";
import { deadline, inWords } from "./deadline.js";
import { plate, stamp } from "./draw.js";
import { compose } from "./letter.js";
import { paper } from "./sheet.js";
import { writePart } from "./write.js";

const NAME = "auskunftwerkstatt";
const SIGNS = { found: "✓", fine: "✓", overlooked: "!", wrong: "✗" };

const button = (text, onclick, look = "button") => h("button", { type: "button", class: look, onclick }, text);

const steps = ({ steps: names }, at) =>
  h("ol", { class: "lab-steps" }, ...names.map((name, number) => h("li", { "aria-current": number === at && "step" }, name)));

// --- Ask -------------------------------------------------------------------------------

const startPart = (stage) => {
  const { words } = stage;
  const { start } = words;
  const letter = compose(words.letter, { kind: "auskunft", whom: "firma", language: stage.language, ...words.case });
  stage.show(
    steps(words, 0),
    h("h2", {}, start.title),
    h("div", { class: "lab-columns" },
      h("div", {},
        h("p", { class: `${NAME}-lead` }, start.lead),
        h("p", {}, button(start.send, () => answerPart(stage), "button is-big")),
        h("p", {}, button(start.own, () => writePart(stage, steps(words, 3)), "link-button")),
        h("p", { class: "muted" }, words.made_up)),
      h("div", { class: `${NAME}-desk`, role: "group", "aria-label": start.mine, tabIndex: 0 }, stamp(), paper(letter))),
  );
};

// --- Check the answer --------------------------------------------------------------------

const answerPart = (stage) => {
  const { words } = stage;
  const { answer } = words;
  const marked = new Set();
  const { arrival } = words.case;
  const { plain, due } = deadline(arrival);
  const dates = Object.fromEntries(Object.entries({ arrival, plain, due }).map(([name, date]) => [name, inWords(date, stage.language)]));
  const count = h("p", { class: "muted" }, fillIn(answer.count, { count: 0 }));

  const toggle = (id) => ({ currentTarget }) => {
    if (!marked.delete(id)) marked.add(id);
    currentTarget.setAttribute("aria-pressed", String(marked.has(id)));
    count.textContent = fillIn(answer.count, { count: marked.size });
    stage.say(count.textContent);
  };
  const item = ({ id, law, name }) =>
    h("button", { type: "button", class: `lab-choice ${NAME}-item`, "aria-pressed": "false", onclick: toggle(id) },
      h("span", {}, h("span", { class: "visually-hidden" }, answer.mark, " "), name), h("span", { class: `${NAME}-law` }, law));
  // What the law asks stands beside the paragraph that should say it; one says too little for two.
  const row = (part) =>
    h("div", { class: `${NAME}-part` }, h("p", {}, part.text),
      h("div", { class: `${NAME}-items` }, ...words.items.filter(({ id, at }) => (at ?? id) === part.id).map(item)));

  stage.show(
    steps(words, 1),
    h("h2", {}, answer.title),
    h("ol", { class: `${NAME}-days` }, ...answer.days.map(({ date, text }) => h("li", {}, h("strong", {}, dates[date]), h("span", {}, text)))),
    h("p", {}, answer.intro),
    h("h3", { class: `${NAME}-task` }, answer.task),
    h("p", { class: "muted" }, answer.hint),
    h("div", { class: `${NAME}-answer` },
      h("p", { class: `${NAME}-from` }, plate(), answer.from), h("p", {}, answer.hello),
      ...answer.parts.map(row),
      h("p", {}, answer.bye)),
    count,
    h("p", {}, button(answer.compare, () => resultPart(stage, marked), "button is-big")),
  );
};

// --- What it lacked, and what now ------------------------------------------------------

const resultPart = (stage, marked) => {
  const { words } = stage;
  const { result, verdicts } = words;
  const compared = compare(words.items.map((item) => ({ ...item, isMissing: Boolean(item.missing) })), marked);
  const counts = tally(compared);
  const row = ({ name, law, says, verdict }) =>
    h("li", { class: `${NAME}-row is-${verdict}` },
      h("span", { class: `${NAME}-sign`, "aria-hidden": "true" }, SIGNS[verdict]),
      h("div", {}, h("p", { class: `${NAME}-verdict` }, h("strong", {}, name), " ", h("span", {}, verdicts[verdict]), " ", h("span", { class: `${NAME}-law` }, law)), h("p", {}, says)));

  stage.show(
    steps(words, 2),
    h("h2", {}, fillIn(result.title, counts)),
    counts.wrong > 0 && h("p", {}, fillIn(counts.wrong === 1 ? result.wrong.one : result.wrong.some, counts)),
    h("ul", { class: `${NAME}-rows` }, ...compared.map(row)),
    h("h3", {}, result.seen),
    h("ul", { class: `${NAME}-facts` }, ...result.facts.map(({ figure, text }) => h("li", {}, h("span", { class: "lab-figure" }, figure), h("span", {}, text)))),
    h("p", {}, result.lesson),
    h("h3", {}, result.next),
    ...choices(stage),
    h("p", { class: `${NAME}-actions` },
      button(result.own, () => writePart(stage, steps(words, 3))),
      button(result.finish, () => stage.finish(), "button is-quiet")),
  );
};

const choices = ({ words: { result } }) => {
  const said = h("p", { class: "lab-note", tabIndex: -1, hidden: true });
  const all = Object.values(result.choices).map(({ name, says }) =>
    h("button", { type: "button", class: "lab-choice", "aria-pressed": "false", onclick: (event) => choose(event.currentTarget, says) }, name));
  const choose = (chosen, says) => {
    for (const each of all) each.setAttribute("aria-pressed", String(each === chosen));
    said.textContent = says;
    said.hidden = false;
    said.focus({ preventScroll: true });
    said.scrollIntoView({ block: "nearest" });
  };
  return [h("div", { class: "lab-choices" }, ...all), said];
};

play(NAME, startPart);
