// Phishing-Postfach: twelve messages on a phone, three ways to decide, two kinds of error.

import { dice, fillIn, h, isCalm, play, svg } from "../labs/kit.js";
import { inBox, leaning, outcome, parts, tally } from "./mailbox.js";

const NAME = "phishingpostfach";
const SETTINGS = ["schule", "verwaltung", "erwachsene"];
const LATER = "spaeter";
const SIGNS = { hit: "✓", trusted: "✓", lucky: "?", alarm: "!", miss: "✗", checked: "↗" };
const CODE = 21; // modules along one side of a printed code

const sign = (found) => h("span", { class: `${NAME}-sign is-${found}`, "aria-hidden": "true" }, SIGNS[found]);

// Moves to what has just appeared, as the stage does for a whole part.
const moveTo = (heading) => {
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "nearest", behavior: isCalm() ? "instant" : "smooth" });
};

// A message is read from its top: on a small screen, that comes to the top of the screen.
const bringUp = (element) => {
  if (element.getBoundingClientRect().bottom > innerHeight) element.scrollIntoView({ block: "start", behavior: isCalm() ? "instant" : "smooth" });
};

// --- The start -----------------------------------------------------------------------

const startPart = (stage) => {
  const { start } = stage.words;
  stage.show(
    h("h2", {}, start.title),
    h("p", {}, start.intro),
    h("ul", { class: `${NAME}-doors` }, ...SETTINGS.map((setting) =>
      h("li", {}, h("button", { type: "button", class: `${NAME}-door`, onclick: () => open(stage, setting) },
        h("strong", {}, start.settings[setting].name), h("span", {}, start.settings[setting].who))))),
    laterLine(stage),
  );
};

const laterLine = (stage) =>
  h("p", { class: "muted" },
    h("button", { type: "button", class: "link-button", onclick: () => open(stage, LATER) }, stage.words.start.later), " ",
    stage.words.start.later_hint);

const open = (stage, setting) => boxPart(stage, newGame(stage.words, setting));

const newGame = (words, setting) => ({ setting, messages: inBox(words.messages, setting), answers: {} });

const openOnes = ({ messages, answers }) => messages.filter(({ id }) => !(id in answers));

// --- The mailbox ---------------------------------------------------------------------

const phone = (...children) => h("div", { class: `${NAME}-phone` }, ...children);

const avatar = ({ from, kind }) =>
  h("span", { class: `${NAME}-avatar is-${kind}`, "aria-hidden": "true" }, from[0]);

const notes = ({ notes: all, box }, { setting }) =>
  h("details", { class: `more ${NAME}-notes`, open: true }, h("summary", {}, box.know),
    h("ul", {}, ...[...(setting === LATER ? [] : all.alle), ...all[setting]].map((note) => h("li", {}, note))));

const progress = ({ box }, game) => {
  const all = game.messages.length;
  const done = all - openOnes(game).length;
  return h("p", { class: "lab-meter" },
    h("span", {}, h("span", {}, box.progress_label), h("strong", {}, fillIn(box.progress, { done, all }))),
    h("span", { class: "lab-bar", "aria-hidden": "true" }, h("span", { style: { "--part": done / all } })));
};

const at = ({ box, kinds }, { kind, time }) => fillIn(box.at, { kind: kinds[kind], time });

const boxPart = (stage, game) => {
  const { words } = stage;
  const row = (message) => {
    const answer = game.answers[message.id];
    const found = answer && outcome(message, answer);
    return h("li", {}, h("button", {
      type: "button",
      class: `${NAME}-row${found ? " is-done" : ""}`,
      onclick: () => messagePart(stage, game, message),
    },
    avatar(message),
    h("span", { class: `${NAME}-line` }, h("strong", {}, message.from), h("span", {}, message.subject), h("small", {}, at(words, message))),
    found ? h("span", { class: `${NAME}-state` }, sign(found), h("span", { class: "visually-hidden" }, words.outcomes[found]))
      : h("span", { class: `${NAME}-state` }, h("span", { class: `${NAME}-dot`, "aria-hidden": "true" }), h("span", { class: "visually-hidden" }, words.box.unread))));
  };
  const isOver = !openOnes(game).length;
  stage.show(
    h("div", { class: `lab-columns ${NAME}-columns` },
      phone(h("h2", { class: `${NAME}-bar` }, words.start.settings[game.setting].box),
        h("ul", { class: `${NAME}-list` }, ...game.messages.map(row))),
      h("div", {}, progress(words, game),
        isOver ? h("p", {}, resultButton(stage, game)) : h("p", {}, words.box.hint),
        notes(words, game))),
  );
};

const resultButton = (stage, game) =>
  h("button", { type: "button", class: "button", onclick: () => resultPart(stage, game) }, stage.words.box.result);

// --- One message ---------------------------------------------------------------------

// A long address breaks where a name in it ends.
const breakable = (text) => text.split(/(?=[@./])/).flatMap((piece) => [h("wbr"), piece]);

// An address with what decides in it made visible.
const address = (text) => {
  const { before, heart, after } = parts(text);
  return h("span", { class: `${NAME}-address` }, before, h("b", {}, heart), ...breakable(after));
};

// Something that shows on demand what is behind it, by press, key or long press.
const revealed = (button, shown) => {
  shown.hidden = true;
  const flip = (isOpen) => {
    shown.hidden = !isOpen;
    button.setAttribute("aria-expanded", isOpen);
  };
  flip(false);
  button.addEventListener("click", () => flip(shown.hidden));
  button.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    flip(true);
  });
  return h("div", { class: `${NAME}-behind` }, button, shown);
};

const link = ({ look }, { label, to, code }, seed) =>
  revealed(
    h("button", { type: "button", class: `${NAME}-link` },
      code ? printedCode(seed) : h("u", {}, label), h("small", {}, code ? look.code : look.link)),
    h("p", { class: `${NAME}-target` }, h("span", {}, look.leads, " "), address(to),
      h("small", {}, fillIn(look.heart, parts(to)))));

const file = ({ look }, { name, what }) =>
  revealed(
    h("button", { type: "button", class: `${NAME}-link is-file` }, h("span", {}, fillIn(look.attached, { name })), h("small", {}, look.file)),
    h("p", { class: `${NAME}-target` }, what));

// A drawing that looks like a code; no reader finds anything in it.
const printedCode = (seed) => {
  const throwOne = dice(seed);
  const inCorner = (x, y) => [[0, 0], [CODE - 7, 0], [0, CODE - 7]].find(([left, top]) => x >= left && x < left + 7 && y >= top && y < top + 7);
  let path = "";
  for (let y = 0; y < CODE; y += 1)
    for (let x = 0; x < CODE; x += 1) {
      const corner = inCorner(x, y);
      const ring = corner && Math.max(Math.abs(x - corner[0] - 3), Math.abs(y - corner[1] - 3));
      if (corner ? ring !== 2 : throwOne() < 0.5) path += `M${x} ${y}h1v1h-1z`;
    }
  return svg("svg", { viewBox: `-2 -2 ${CODE + 4} ${CODE + 4}`, class: `${NAME}-code`, "aria-hidden": "true" }, svg("path", { d: path }));
};

const messagePart = (stage, game, message) => {
  const { words } = stage;
  const aside = h("div", { class: `${NAME}-decide` });
  const toBox = () =>
    h("button", { type: "button", class: "link-button", onclick: () => boxPart(stage, game) }, words.box.back);

  const decide = (answer) => {
    game.answers[message.id] = answer;
    const heading = reveal();
    moveTo(heading);
  };

  const ask = () => aside.replaceChildren(
    h("h3", { id: `${NAME}-ask` }, words.ask),
    h("div", { class: `${NAME}-answers`, role: "group", "aria-labelledby": `${NAME}-ask` },
      ...Object.entries(words.answers).map(([answer, label]) =>
        h("button", { type: "button", class: `lab-choice ${NAME}-answer is-${answer}`, onclick: () => decide(answer) },
          h("span", {}, h("strong", {}, label), h("small", {}, words.answer_hints[answer]))))),
  );

  const reveal = () => {
    const found = outcome(message, game.answers[message.id]);
    const key = found === "checked" ? `checked_${message.fraud ? "fraud" : "genuine"}` : found;
    const heading = h("h3", { class: `${NAME}-verdict` }, sign(found), h("span", {}, words.verdicts[key][message.needed ? "needed" : "plain"]));
    const left = openOnes(game);
    aside.replaceChildren(
      heading,
      h("p", {}, message.why),
      h("p", { class: "lab-note" }, h("strong", {}, words.reveal.way), " ", message.way),
      h("div", { class: `${NAME}-reasons` },
        ...["counted", "ignored"].map((kind) =>
          h("div", { class: `is-${kind}` }, h("h4", {}, words.reveal[kind]), h("ul", {}, ...message[kind].map((each) => h("li", {}, each)))))),
      h("p", { class: `${NAME}-onward` },
        left.length
          ? h("button", { type: "button", class: "button", onclick: () => messagePart(stage, game, after(game, message)) }, words.box.next)
          : resultButton(stage, game),
        toBox()),
      progress(words, game),
    );
    return heading;
  };

  stage.show(
    h("div", { class: `lab-columns ${NAME}-columns` },
      phone(
        h("p", { class: `${NAME}-bar` }, toBox()),
        h("div", { class: `${NAME}-message is-${message.kind}` },
          h("h2", {}, message.subject),
          h("div", { class: `${NAME}-head` }, avatar(message),
            h("p", {}, h("span", { class: "visually-hidden" }, words.look.sender, " "), h("strong", {}, message.from),
              h("span", { class: `${NAME}-address` }, ...breakable(message.address)), h("small", {}, at(words, message)))),
          h("div", { class: `${NAME}-text` },
            ...message.text.map((paragraph) => h("p", {}, paragraph)),
            ...(message.links ?? []).map((each) => link(words, each, message.id.length * 417)),
            ...(message.files ?? []).map((each) => file(words, each))))),
      h("div", {}, aside, notes(words, game))),
  );
  if (message.id in game.answers) reveal();
  else ask();
  bringUp(stage.board);
};

// Returns the next open message behind this one, from the top again after the last.
const after = (game, message) => {
  const start = game.messages.indexOf(message);
  const turned = [...game.messages.slice(start), ...game.messages.slice(0, start)];
  return turned.find(({ id }) => !(id in game.answers));
};

// --- The result ----------------------------------------------------------------------

const card = (words, title, side, kinds) =>
  h("section", { class: `${NAME}-card` }, h("h3", {}, fillIn(title, side)),
    h("ul", {}, ...kinds.filter((kind) => kind !== "lucky" || side.lucky).map((kind) =>
      h("li", {},
        h("span", { class: "lab-figure" }, side[kind]), h("span", {}, words.result[kind]),
        h("span", { class: `${NAME}-pips`, "aria-hidden": "true" },
          ...Array.from({ length: side.all }, (_, index) => h("span", { class: index < side[kind] ? `is-${kind}` : "" })))))));

const resultPart = (stage, game) => {
  const { words } = stage;
  const { result, help } = words;
  const counts = tally(game.messages, game.answers);
  stage.show(
    h("h2", {}, result.title),
    h("div", { class: `lab-columns ${NAME}-result` },
      card(words, result.fraud, counts.fraud, ["hit", "checked", "miss"]),
      card(words, result.genuine, counts.genuine, ["trusted", "lucky", "checked", "alarm"])),
    h("p", { class: "lab-note" }, result.leaning[leaning(counts)], " ",
      counts.needed.all > 0 && fillIn(result.needed, { count: counts.needed.checked, all: counts.needed.all })),
    h("details", { class: "more" }, h("summary", {}, result.each),
      h("ul", { class: `${NAME}-each` }, ...game.messages.map((message) => {
        const found = outcome(message, game.answers[message.id]);
        return h("li", {}, sign(found),
          h("button", { type: "button", class: "link-button", onclick: () => messagePart(stage, game, message) }, `${message.from}: ${message.subject}`),
          h("span", {}, words.outcomes[found]));
      }))),
    h("h3", {}, help.title),
    h("p", {}, help.intro),
    h("ol", { class: `${NAME}-help` }, ...help.steps.map((step) => h("li", {}, step))),
    h("p", { class: `${NAME}-onward` },
      h("button", { type: "button", class: "button", onclick: () => stage.finish() }, result.finish),
      h("button", { type: "button", class: "link-button", onclick: () => startPart(stage) }, result.other)),
    ...(game.setting === LATER ? [] : [laterLine(stage)]),
  );
};

play(NAME, startPart);
