// Stadt der Sensoren: decide on eight proposals, walk a day through the town, see the line.

import { fillIn, h, play, svg } from "../labs/kit.js";
import { places, townMap } from "../labs/hellingen.js";
import { byVote, dayOf, flowOf, formOf, open, questions, tensions } from "./council.js";

const counted = (forms, count) => fillIn(forms[formOf(count)], { count });
const button = (label, onclick, quiet) => h("button", { type: "button", class: `button${quiet ? " is-quiet" : ""}`, onclick }, label);

const steps = (words, current) =>
  h("ol", { class: "lab-steps" }, ...words.steps.map((step, index) =>
    h("li", { "aria-current": index === current && "step" }, `${index + 1}. ${step}`)));

// --- The plan ------------------------------------------------------------------------

// Blows to the left, or flies higher, where the name of a place would be hidden.
const flag = ({ place, toLeft, pole = 66 }, number, vote, onclick) => {
  const { x, y } = places[place];
  const way = toLeft ? -1 : 1;
  return svg("g", { class: `stadtdersensoren-flag is-${vote ?? "open"}`, transform: `translate(${x} ${y})`, onclick },
    svg("path", { d: `M0 0V-${pole}` }), svg("path", { class: "stadtdersensoren-cloth", d: `M0-${pole}h${58 * way}l${-12 * way} 20 ${12 * way} 20H0z` }),
    svg("text", { x: 25 * way, y: 30 - pole }, number));
};

const plan = (stage, choices, from) => {
  const { words } = stage;
  const left = open(words.items, choices);
  const flags = words.items.map((item, at) => flag(item, at + 1, choices[item.id]?.vote, () => proposal(stage, choices, item)));
  const entry = (item, at) => {
    const vote = choices[item.id]?.vote;
    return h("li", {}, h("button", { type: "button", class: `lab-choice${vote ? " is-done" : ""}`, onclick: () => proposal(stage, choices, item) },
      h("span", {}, `${at + 1}. ${item.name}`), h("small", {}, vote ? `${words.marks[vote]} ${words.item.votes[vote]}` : words.council.open)));
  };
  const entries = words.items.map(entry);
  stage.show(
    steps(words, 0),
    h("h2", {}, words.council.title),
    left === words.items.length && h("p", {}, words.council.intro),
    h("div", { class: "stadtdersensoren-plan" }, townMap({ label: words.map, children: flags })),
    h("p", { class: "stadtdersensoren-count" }, counted(words.council.left, left)),
    h("ul", { class: "stadtdersensoren-list", "aria-label": words.council.list }, ...entries),
    left <= 4 && h("p", { class: "stadtdersensoren-walk" }, button(left ? words.council.early : words.council.day, () => dayPart(stage, choices), left > 0)),
  );
  if (from) entries[words.items.indexOf(from)].firstChild.focus();
};

// --- One proposal --------------------------------------------------------------------

const flowList = (parts) => h("ol", { class: "stadtdersensoren-flow" }, ...parts.map((part) => h("li", {}, part)));

const voice = ({ item }, side, { who, text }) =>
  h("blockquote", { class: "stadtdersensoren-voice" }, h("b", {}, item[side]), h("p", {}, fillIn(item.quote, { text })), h("cite", {}, who));

const proposal = (stage, choices, item) => {
  const { words } = stage;
  const chosen = new Set(choices[item.id]?.conditions ?? []);
  const flow = h("div", {}, flowList(flowOf(item, [...chosen])));
  const objection = h("p", { class: "error", role: "alert" });

  const condition = ({ id, text }) =>
    h("label", { class: "lab-choice" }, h("input", {
      type: "checkbox",
      checked: chosen.has(id),
      onchange: ({ target }) => {
        if (target.checked) chosen.add(id);
        else chosen.delete(id);
        objection.textContent = "";
        const parts = flowOf(item, [...chosen]);
        flow.replaceChildren(flowList(parts));
        stage.say(`${words.item.flow}: ${parts.join(", ")}`);
      },
    }), h("span", {}, text));

  // Pressed once more, "Ja" means it: what was ticked is given up knowingly.
  const objectionTo = (vote) => {
    if (vote === "conditioned" && !chosen.size) return words.item.needs;
    return vote === "accept" && chosen.size && objection.textContent !== words.item.drops ? words.item.drops : "";
  };

  const decide = (vote) => {
    objection.textContent = objectionTo(vote);
    if (objection.textContent) return;
    const after = { ...choices, [item.id]: { vote, conditions: vote === "conditioned" ? [...chosen] : [] } };
    plan(stage, after, item);
  };
  const fact = (name) => [h("dt", {}, words.item[name]), h("dd", {}, name === "flow" ? flowList(item.flow) : item[name])];
  const now = choices[item.id]?.vote;

  stage.show(
    steps(words, 0),
    h("h2", {}, item.name),
    h("dl", { class: "stadtdersensoren-facts" }, ...["purpose", "flow", "sees", "keeps", "law"].flatMap(fact)),
    h("div", { class: "lab-columns" }, voice(words, "for", item.for), voice(words, "against", item.against)),
    h("h3", {}, words.item.conditions), h("p", { class: "muted" }, words.item.hint),
    h("div", { class: "stadtdersensoren-conditions", role: "group", "aria-label": words.item.conditions }, ...item.conditions.map(condition)),
    h("p", { class: "stadtdersensoren-then" }, words.item.then), flow,
    h("h3", {}, words.item.vote), objection,
    h("div", { class: "lab-choices", role: "group", "aria-label": words.item.vote }, ...Object.entries(words.item.votes).map(([vote, label]) =>
      h("button", { type: "button", class: "lab-choice", "aria-pressed": String(vote === now), onclick: () => decide(vote) }, label))),
    h("p", {}, button(words.council.back, () => plan(stage, choices, item), true)),
  );
};

// --- A day, and the line -------------------------------------------------------------

const dayPart = (stage, choices) => {
  const { words } = stage;
  const traces = dayOf(words.items, choices);
  const leading = traces.filter(({ kind }) => kind === "traced").length;
  stage.show(
    steps(words, 1),
    h("h2", {}, words.day.title),
    h("p", {}, words.day.intro),
    traces.length > 0 && h("ul", { class: "stadtdersensoren-day" }, ...traces.map(({ text, kind }) =>
      h("li", { class: `is-${kind}` }, h("span", {}, text), h("small", {}, words.day[kind])))),
    h("p", { class: "stadtdersensoren-count" }, traces.length ? counted(words.day.count, leading) : words.day.nothing),
    h("div", { class: "row" }, button(words.day.onward, () => linePart(stage, choices)), button(words.council.back, () => plan(stage, choices), true)),
  );
};

// What somebody could ask: how decisions fit together, and what the other side says.
const asking = ({ items, line }, choices) => {
  const voiceOf = ({ name, item }) => (name === "refused" ? item.for : item.against);
  const asked = questions(items, choices).map((each) => fillIn(line.question[each.name], { name: each.item.name, ...voiceOf(each) }));
  return [...tensions(items, choices).map((name) => line.tension[name]), ...asked];
};

const linePart = (stage, choices) => {
  const { words } = stage;
  const asked = asking(words, choices);
  if (!asked.length) asked.push(words.line.undecided);
  const named = (item) => {
    const kept = item.conditions.filter(({ id }) => choices[item.id]?.conditions?.includes(id)).map(({ text }) => text);
    return h("li", {}, item.name, kept.length > 0 && h("span", { class: "muted" }, ` (${kept.join("; ")})`));
  };
  const group = ([vote, items]) =>
    items.length > 0 && h("div", {}, h("h3", {}, words.line.groups[vote]), h("ul", {}, ...items.map(named)));
  stage.show(
    steps(words, 2),
    h("h2", {}, words.line.title),
    h("p", {}, words.line.intro),
    h("div", { class: "stadtdersensoren-line" }, ...Object.entries(byVote(words.items, choices)).map(group)),
    h("div", { class: "lab-note" }, h("h3", {}, words.line.tensions),
      ...asked.map((text) => h("p", {}, text))),
    h("div", { class: "row no-print" }, button(words.line.done, () => stage.finish(choices.phones?.vote)),
      button(words.line.again, () => plan(stage, choices), true), button(words.line.print, () => print(), true)),
  );
};

play("stadtdersensoren", (stage) => plan(stage, {}));
