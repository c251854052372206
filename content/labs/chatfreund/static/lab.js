// Chat-Freund: chat with somebody who asks, then look behind the curtain.

import { fillIn, h, isCalm, play, svg } from "../labs/kit.js";
import { answered, begin, card, formOf, isInDistress, linesOf, read, together } from "./chat.js";

const TYPING = 350; // ms in which Milo seems to write
const counted = (forms, count) => fillIn(forms[formOf(count)] ?? forms.some, { count });

const face = () =>
  svg("svg", { class: "chatfreund-face", viewBox: "0 0 40 40", "aria-hidden": "true", focusable: "false" },
    svg("path", { class: "chatfreund-skin", d: "M20 4c10 0 16 6 16 16s-6 16-16 16S4 30 4 20 10 4 20 4z" }),
    svg("path", { d: "M14 17h.5M26 17h.5M13 25c4 4 10 4 14 0", fill: "none", stroke: "currentColor", "stroke-width": 3, "stroke-linecap": "round" }));

const bubble = (words, who, ...lines) =>
  h("div", { class: `chatfreund-said is-${who}`, tabIndex: -1 },
    h("p", { class: "visually-hidden" }, who === "milo" ? `${words.milo}:` : `${words.you}:`),
    ...lines.map((line) => h("p", {}, line)));

const progress = (words, at) => h("p", { class: "chatfreund-progress muted" }, fillIn(words.progress, { at: at + 1, all: words.turns.length }));

// In earnest nobody plays on: nothing is kept of what was written, and people are named.
const help = ({ help: said }, onward) => {
  const title = h("h3", { tabIndex: -1 }, said.title);
  queueMicrotask(() => title.focus());
  return h("div", { class: "lab-note chatfreund-help" },
    title, h("p", {}, said.text), h("ul", {}, ...said.lines.map((line) => h("li", {}, line))),
    h("p", {}, h("button", { type: "button", class: "button is-small is-quiet", onclick: onward }, said.onward)));
};

// --- The chat ------------------------------------------------------------------------

// Plays the chat from the first turn; calls "then" with the state when it is over.
const chat = (stage, { title, lead, isCounted, then }) => {
  const { words } = stage;
  let state = begin();
  const log = h("div", { class: "chatfreund-log" });
  const below = h("div", { class: "chatfreund-below" });
  const head = h("div", { class: "chatfreund-head" }, face(), h("b", {}, words.milo));
  const told = h("p", { class: "chatfreund-told", hidden: !isCounted }, words.count.none);

  const take = (turn, answer, isSorry) => {
    state = answered(state, turn, answer);
    log.append(bubble(words, "me", answer.text));
    told.textContent = counted(words.count, state.facts.length);
    if (isCounted) stage.say(told.textContent);
    if (state.at === words.turns.length) then(state);
    else ask(words.turns[state.at], isSorry);
  };

  const ask = (turn, isSorry) => {
    const says = [...(isSorry ? [words.sorry] : []), ...linesOf(turn, state, words.nobody)];
    const dots = h("p", { class: "chatfreund-typing" }, words.typing);
    const show = () => {
      const said = bubble(words, "milo", ...says);
      dots.replaceWith(said);
      below.replaceChildren(progress(words, state.at), ...choices(turn));
      if (state.at > 0) said.focus({ preventScroll: true });
      // Scrolls the log alone: the page stays where it is.
      log.scrollTop = said.offsetTop - log.offsetTop - 8;
    };
    below.replaceChildren(progress(words, state.at));
    log.append(dots);
    log.scrollTop = log.scrollHeight;
    if (isCalm() || state.at === 0) show();
    else setTimeout(() => log.isConnected && show(), TYPING);
  };

  const choices = (turn) => {
    const refusal = turn.may_refuse ? [{ text: words.pushback, isSorry: true }] : [];
    const buttons = [...turn.replies, ...refusal].map((reply) =>
      h("button", { type: "button", class: "lab-choice", onclick: () => take(turn, reply, reply.isSorry) }, reply.text));
    const group = h("div", { class: "lab-choices", role: "group", "aria-label": words.answers }, ...buttons);
    return turn.free ? [own(turn), group] : [group];
  };

  const own = (turn) => {
    const field = h("input", { type: "text", class: "chatfreund-field", maxLength: 160, autocomplete: "off", required: true, spellcheck: false });
    const form = h("form", { class: "chatfreund-own" },
      h("label", {}, turn.free.label, field),
      h("button", { type: "submit", class: "button is-small" }, words.send),
      turn.free.facts.ill && h("p", { class: "muted" }, words.help.hint));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = field.value.trim();
      if (isInDistress(text)) below.replaceChildren(help(words, () => ask(turn)));
      else if (text) take(turn, { text, facts: read(text, turn.free.facts), isOwn: true });
    });
    return form;
  };

  stage.show(h("h2", {}, title), ...lead, h("div", { class: "chatfreund-phone" }, head, log, below, told));
  ask(words.turns[0]);
};

// --- Behind the curtain --------------------------------------------------------------

const entry = (words, { fact, text }) => {
  const { told, infers, sure, use } = words.facts[fact];
  return h("li", { class: "chatfreund-entry" },
    h("h4", {}, told),
    h("p", { class: "muted" }, fillIn(words.curtain.from, { text })),
    h("dl", {},
      h("dt", {}, words.curtain.infers, " ", h("span", { class: `chatfreund-sure is-${sure}` }, words.sureness[sure])), h("dd", {}, infers),
      h("dt", {}, words.curtain.use), h("dd", {}, use)));
};

const curtain = (stage, state) => {
  const { words } = stage;
  const entries = card(state);
  const more = together(state, words.curtain.combos);
  stage.show(
    h("h2", {}, words.curtain.title),
    h("p", { class: "chatfreund-lead" }, counted(words.curtain.lead, entries.length)),
    h("h3", {}, words.curtain.card),
    entries.length ? h("ul", { class: "chatfreund-card" }, ...entries.map((each) => entry(words, each))) : h("p", { class: "lab-note" }, words.curtain.empty),
    more.length > 0 && h("div", { class: "lab-note" }, h("h3", {}, words.curtain.together), h("ul", {}, ...more.map(({ text }) => h("li", {}, text)))),
    h("p", {}, h("button", { type: "button", class: "button", onclick: () => ways(stage, state) }, words.curtain.onward)),
  );
};

const way = (words, turn, entryOfTurn) => {
  const { told, text } = entryOfTurn;
  const gave = told.length ? fillIn(words.ways.gave.some, { count: counted(words.ways.things, told.length) }) : words.ways.gave.none;
  return h("li", {},
    h("h3", {}, turn.trick.title),
    h("p", {}, turn.trick.text),
    h("p", { class: "muted" }, fillIn(words.ways.yours, { text, gave })));
};

const ways = (stage, state) => {
  const { words } = stage;
  stage.show(
    h("h2", {}, words.ways.title),
    h("p", {}, words.ways.intro),
    h("ol", { class: "chatfreund-ways" }, ...words.turns.map((turn, at) => way(words, turn, state.log[at]))),
    h("div", { class: "row" },
      h("button", { type: "button", class: "button", onclick: () => sparing(stage, state) }, words.ways.again),
      h("button", { type: "button", class: "button is-quiet", onclick: () => stage.finish() }, words.ways.done)),
  );
};

// --- The same, but sparing -----------------------------------------------------------

const sparing = (stage, first) =>
  chat(stage, {
    title: stage.words.sparing.title,
    lead: [h("p", {}, stage.words.sparing.intro)],
    isCounted: true,
    then: (second) => compared(stage, first.facts.length, second.facts.length),
  });

const compared = (stage, first, second) => {
  const { result, things } = stage.words.sparing;
  const values = { first: counted(things, first), second: counted(things, second) };
  const bar = (count) =>
    h("div", { class: "lab-meter" }, h("span", {}, h("span", {}, counted(things, count))),
      h("div", { class: "lab-bar", "aria-hidden": "true" }, h("span", { style: { "--part": count / Math.max(first, second, 1) } })));
  stage.show(
    h("h2", {}, result.title),
    h("p", {}, fillIn(result.compare, values)),
    bar(first), bar(second),
    h("p", { class: "lab-note" }, second < 3 ? result.good : result.many),
    h("p", {}, h("button", { type: "button", class: "button", onclick: () => stage.finish() }, result.done)),
  );
};

play("chatfreund", (stage) => {
  const { words } = stage;
  const start = () => chat(stage, { title: words.title, lead: [], isCounted: false, then: (state) => curtain(stage, state) });
  stage.show(
    h("div", { class: "chatfreund-start" },
      h("div", {}, h("h2", {}, words.title), h("p", {}, words.intro),
        h("p", {}, h("button", { type: "button", class: "button", onclick: start }, words.start)),
        h("p", { class: "muted" }, words.private)),
      face()),
  );
});
