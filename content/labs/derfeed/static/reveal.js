// What hesitating gave away, and what another goal would have shown.

import { dice, fillIn, h } from "../labs/kit.js";
import { GOALS, SAYS, TOPICS, double, replay, shares, strongest, sumUp } from "./feed.js";
import { bars, number, river, steps, trail } from "./charts.js";
import { captionOf } from "./phone.js";
import { sign } from "./draw.js";
import { operatePart } from "./operate.js";

const button = (text, onclick, isQuiet) => h("button", { type: "button", class: `button${isQuiet ? " is-quiet is-small" : ""}`, onclick }, text);

const table = (stage, history) => {
  const { words } = stage;
  const { columns } = words.reveal;
  return h("details", { class: "more" }, h("summary", {}, words.reveal.table),
    h("div", { class: "lab-scroll", tabIndex: 0, role: "region", "aria-label": words.reveal.table },
      h("table", { class: "lab-table" },
        h("thead", {}, h("tr", {}, ...Object.values(columns).map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, ...history.map((entry, index) => h("tr", {},
          h("td", {}, String(index + 1)),
          h("td", {}, words.topics[entry.topic]),
          h("td", {}, entry.ad ? words.swipe.ad : captionOf(words, entry)),
          h("td", {}, number(stage, entry.seconds)),
          h("td", {}, entry.liked ? words.reveal.liked : ""),
          h("td", {}, words.reveal.kinds[entry.why.kind])))))));
};

// Returns the topics that gave most away, each with the clip that did it.
const evidence = ({ state, part }) => {
  const seen = (topic) => state.history.filter((entry) => entry.topic === topic && !entry.ad);
  const found = [...TOPICS].filter((topic) => seen(topic).length && state.interest[topic] > SAYS).sort((a, b) => state.interest[b] - state.interest[a]).slice(0, 2)
    .map((topic) => ({ key: topic, of: seen(topic).reduce((a, b) => (b.seconds > a.seconds ? b : a)) }));
  return [...found, { key: part }];
};

const guesses = (stage, run) => {
  const { words } = stage;
  const answered = h("p", { class: "lab-note", hidden: true }, words.reveal.answered);
  const card = ({ key, of }) => {
    const choices = [words.reveal.right, words.reveal.wrong].map((text) => h("button", {
      type: "button",
      class: "lab-choice",
      "aria-pressed": "false",
      onclick: ({ currentTarget }) => {
        for (const each of choices) each.setAttribute("aria-pressed", each === currentTarget);
        if (answered.hidden) stage.say(words.reveal.answered);
        answered.hidden = false;
      },
    }, text));
    return h("li", { class: "derfeed-guess" },
      h("p", {}, h("strong", {}, `… ${words.reveal.guess[key]}`)),
      h("p", { class: "muted" }, of ? fillIn(words.reveal.because, { seconds: number(stage, of.seconds), caption: captionOf(words, of) }) : fillIn(words.reveal.because_time, { part: words.parts[key].name })),
      h("div", { class: "lab-choices", role: "group", "aria-label": words.reveal.guess[key] }, ...choices));
  };
  return [h("ul", { class: "derfeed-guesses" }, ...evidence(run).map(card)), answered];
};

export const guessPart = (stage, run) => {
  const words = stage.words;
  stage.show(
    steps(words, 0),
    h("h2", {}, words.guess.title),
    h("p", {}, words.guess.intro),
    h("div", { class: "derfeed-topics" }, ...TOPICS.map((topic) => h("button", { type: "button", class: `is-${topic}`, onclick: () => revealPart(stage, run, topic) }, sign(topic), words.topics[topic]))),
  );
};

const revealPart = (stage, run, guess) => {
  const words = stage.words;
  const found = strongest(run.state);
  const { history } = run.state;
  const sums = sumUp(history);
  const clips = history.length - sums.ads;
  const hasFitness = history.some(({ topic, level }) => topic === "fitness" && level > 1);
  stage.show(
    steps(words, 1),
    h("h2", {}, found ? words.reveal.title : words.reveal.nothing),
    h("div", { class: "derfeed-numbers" },
      h("p", {}, h("span", {}, words.reveal.from), " ", h("b", { class: "lab-figure" }, String(sums.first))),
      h("p", { class: "derfeed-arrow", "aria-hidden": "true" }, "→"),
      h("p", {}, h("span", {}, words.reveal.to), " ", h("b", { class: "lab-figure" }, String(sums.last)))),
    h("p", { class: "derfeed-lead" }, fillIn(words.guess[found ? (guess === found ? "same" : "other") : "none"], { mine: words.topics[guess], its: words.topics[found] })),
    h("p", {}, fillIn(sums.last < sums.first ? words.reveal.narrowed : words.reveal.wide, sums)),
    h("p", {}, sums.fierce ? fillIn(words.reveal.fierce, { count: sums.fierce, all: clips }) : words.reveal.mild),
    h("h3", {}, words.reveal.stream),
    river(stage, history),
    table(stage, history),
    h("div", { class: "lab-columns is-wide-right" },
      h("div", {}, h("h3", {}, words.panel.title), bars(stage, shares(run.state))),
      h("div", {}, h("h3", {}, words.reveal.guesses), h("p", {}, words.reveal.guesses_intro), ...guesses(stage, run))),
    ...(hasFitness ? [h("p", { class: "lab-note" }, words.reveal.fitness_note)] : []),
    h("p", {}, button(words.reveal.onward, () => goalsPart(stage, run))),
  );
};

const goalsPart = (stage, run) => {
  const words = stage.words.goals;
  const person = double(run.state.history);
  const favourite = strongest(run.state);
  const said = h("div", { hidden: true, tabIndex: -1 });

  const strip = (goal) => {
    const { history } = goal === "attention" ? run.state : replay(person, goal, { part: run.part, random: dice(11) });
    const sums = sumUp(history);
    const hits = history.filter(({ topic, ad }) => topic === favourite && !ad).length;
    return h("li", { class: "derfeed-goal" },
      h("h3", {}, words.names[goal]),
      h("p", {}, words.what[goal]),
      trail(stage, history, words.names[goal]),
      h("ul", { class: "derfeed-facts" },
        h("li", {}, fillIn(words.topics, { count: sums.topics })),
        h("li", {}, fillIn(words.fierce, { count: sums.fierce })),
        favourite && h("li", {}, fillIn(words.hits, { count: hits })),
        h("li", {}, words.ads[goal])));
  };
  const choices = GOALS.map((goal) => h("button", {
    type: "button",
    class: "lab-choice",
    "aria-pressed": "false",
    onclick: ({ currentTarget }) => {
      for (const each of choices) each.setAttribute("aria-pressed", each === currentTarget);
      said.hidden = false;
      said.replaceChildren(
        h("p", {}, words.said[goal]),
        h("p", { class: "lab-note" }, words.real),
        h("p", {}, button(words.onward, () => operatePart(stage))));
      said.focus({ preventScroll: true });
      said.scrollIntoView({ block: "nearest" });
    },
  }, fillIn(words.choose, { name: words.names[goal] })));

  stage.show(
    steps(stage.words, 2),
    h("h2", {}, words.title),
    h("p", {}, words.intro),
    h("ol", { class: "derfeed-goals" }, ...GOALS.map(strip)),
    h("h3", {}, words.ask),
    h("div", { class: "lab-choices", role: "group", "aria-label": words.ask }, ...choices),
    said,
  );
};
