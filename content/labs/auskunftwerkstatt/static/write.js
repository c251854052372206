// The workshop itself: seven letters that are filled in here and taken away.

import { fillIn, h } from "../labs/kit.js";
import { calendar } from "./calendar.js";
import { daysLater, deadline, inWords, isDate } from "./deadline.js";
import { KINDS, asText, authorityFor, compose } from "./letter.js";
import { odt } from "./odt.js";
import { copy, hand, paper, print } from "./sheet.js";

const NAME = "auskunftwerkstatt";
const WHOM = ["firma", "behoerde", "schule", "haendler"];
const ABOUT = ["berichtigung", "loeschung", "uebertragung", "widerspruch", "beschwerde"];

const today = () => {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())).toISOString().slice(0, 10);
};

const button = (text, onclick, look = "button is-small") => h("button", { type: "button", class: look, onclick }, text);

const choose = (name, legend, options, chosen, onchange) =>
  h("fieldset", { class: `${NAME}-choose` }, h("legend", {}, legend),
    h("div", { class: "lab-choices" }, ...options.map(([value, label, law]) =>
      h("label", { class: "lab-choice" }, h("input", { type: "radio", name: `${NAME}-${name}`, checked: value === chosen, onchange: () => onchange(value) }), label,
        law && h("span", { class: `${NAME}-law` }, law)))));

const field = (id, label, input, hint) => {
  input.id = `${NAME}-${id}`;
  if (hint) input.setAttribute("aria-describedby", `${input.id}-hint`);
  return h("div", { class: `field ${NAME}-field` }, h("label", { htmlFor: input.id }, label),
    hint && h("p", { class: `${NAME}-hint`, id: `${input.id}-hint` }, hint), input);
};

export const writePart = (stage, steps) => {
  const { words } = stage;
  const { write } = words;
  const given = { kind: "auskunft", whom: "firma", state: "", date: today() };

  const hint = h("p", { class: "lab-note" });
  const sheet = h("div", {});
  const fields = {};
  const letter = () => compose(words.letter, { ...given, language: stage.language, authority: authorityFor(words.authorities, given.state, given.whom) });
  const refresh = () => {
    const isComplaint = given.kind === "beschwerde";
    hint.textContent = `${words.kinds[given.kind].hint} ${isComplaint ? "" : words.whom[given.whom].hint}`;
    fields.about.hidden = !ABOUT.includes(given.kind);
    fields.about.querySelector("textarea").placeholder = words.kinds[given.kind].about ?? "";
    fields.to.hidden = isComplaint;
    fields.state.hidden = !isComplaint;
    sheet.replaceChildren(paper(letter()));
  };
  const set = (name) => (value) => {
    given[name] = value;
    refresh();
  };

  const written = (name, input) => {
    input.addEventListener("input", () => set(name)(input.value));
    const { label, hint: help } = write.fields[name];
    fields[name] = field(name, label, input, help);
  };
  written("name", h("input", { type: "text", autocomplete: "off" }));
  written("address", h("textarea", { rows: 2, autocomplete: "off" }));
  written("to", h("textarea", { rows: 3, autocomplete: "off" }));
  written("mark", h("input", { type: "text", autocomplete: "off" }));
  written("about", h("textarea", { rows: 3, autocomplete: "off" }));
  written("date", h("input", { type: "date", value: given.date }));
  fields.state = field("state", write.state, states(words, set("state")));

  const shown = h("div", { class: `${NAME}-desk is-own`, role: "group", "aria-label": write.preview, tabIndex: 0 }, sheet);
  stage.show(
    steps,
    h("h2", {}, write.title),
    h("p", {}, `${write.intro} ${words.made_up}`),
    choose("kind", write.kind, KINDS.map((kind) => [kind, words.kinds[kind].name, words.kinds[kind].law]), given.kind, set("kind")),
    choose("whom", write.whom, WHOM.map((whom) => [whom, words.whom[whom].name]), given.whom, set("whom")),
    hint,
    h("div", { class: "lab-columns" },
      h("div", {}, fields.name, fields.address, fields.state, fields.to, fields.mark, fields.about, fields.date),
      h("div", { class: `${NAME}-side` }, h("h3", {}, write.preview), shown, takeAway(stage, letter, shown))),
    h("div", { class: "lab-columns" },
      due(stage),
      h("div", {}, h("h3", {}, words.identity.title), h("p", {}, words.identity.text))),
    authorities(words),
    h("p", { class: `${NAME}-actions` }, button(write.finish, () => stage.finish(), "button")),
  );
  refresh();
};

const takeAway = (stage, letter, shown) => {
  const { write } = stage.words;
  const told = h("p", { class: "muted" });
  const onCopy = async () => {
    told.textContent = (await copy(asText(letter()), shown)) ? write.copied : write.select;
    stage.say(told.textContent);
  };
  return h("div", {},
    h("div", { class: `${NAME}-actions` },
      button(write.odt, () => hand(odt(letter()), "application/vnd.oasis.opendocument.text", write.files.odt)),
      button(write.print, () => print(letter()), "button is-small is-quiet"),
      button(write.copy, onCopy, "button is-small is-quiet")),
    told);
};

const states = ({ authorities: all }, onchange) =>
  h("select", { onchange: (event) => onchange(event.currentTarget.value) }, h("option", { value: "" }, "–"),
    ...[...new Set(all.map(({ state }) => state))].map((state) => h("option", { value: state }, state)));

const due = (stage) => {
  const { write } = stage.words;
  const said = h("p", {});
  const file = button(write.ics, () => hand(reminders(write, arrival.value), "text/calendar", write.files.ics), "button is-small is-quiet");
  const refresh = () => {
    file.disabled = !isDate(arrival.value);
    if (file.disabled) return said.replaceChildren();
    const { plain, due: last, isMoved } = deadline(arrival.value);
    said.replaceChildren(h("strong", {}, fillIn(write.due, { due: inWords(last, stage.language) })), isMoved ? ` ${fillIn(write.moved, { plain: inWords(plain, stage.language) })}` : "");
  };
  const change = () => {
    refresh();
    stage.say(said.textContent);
  };
  const arrival = h("input", { type: "date", value: today(), oninput: () => change() });
  const part = h("div", {}, h("h3", {}, write.due_title), field("arrival", write.arrival, arrival), said, h("p", {}, file), h("p", { class: "muted" }, write.due_hint));
  refresh();
  return part;
};

// The last day, and a reminder the day before it.
const reminders = ({ event, reminder }, arrival) => {
  const { due: last } = deadline(arrival);
  return calendar([
    { date: daysLater(last, -1), next: last, ...reminder },
    { date: last, next: daysLater(last, 1), ...event },
  ]);
};

const authorities = ({ authorities: all, as_of: asOf, write }) =>
  h("details", { class: "more" }, h("summary", {}, write.authorities),
    h("ul", { class: `${NAME}-authorities` }, ...all.map(({ state, for: whom, name, address, site }) =>
      h("li", {}, h("strong", {}, whom ? `${state} (${whom})` : state), h("span", { lang: "de" }, name), h("span", { lang: "de" }, address), h("a", { href: fillIn(write.site, { site }), rel: "noreferrer" }, site)))),
    h("p", { class: "muted" }, asOf));
