// Tracker-Netz: a day on six sites, an auction in slow motion, the file and its remedies.

import { fillIn, h, play } from "../labs/kit.js";
import { graph } from "./graph.js";
import { bids, fate, knownTo, linesOf, passedOn, profile } from "./net.js";

const EXCHANGE = "adkreis"; // whose bid request is shown

const button = (label, onclick) => h("p", {}, h("button", { type: "button", class: "button", onclick }, label));

const steps = (words, current) =>
  h("ol", { class: "lab-steps" }, ...words.steps.map((step, index) =>
    h("li", { "aria-current": index === current && "step" }, `${index + 1}. ${step}`)));

const browser = ({ name, clock }, ...inside) =>
  h("div", { class: "trackernetz-browser" }, h("p", { class: "trackernetz-address" }, h("span", {}, name), h("time", {}, clock)), ...inside);

// "Zählwerk, AdKreis und Teilbar"
const listed = ({ day }, names) => (names.length < 2 ? names.join("") : fillIn(day.and, { all: names.slice(0, -1).join(", "), last: names.at(-1) }));

const firmNames = (words, ids) => listed(words, ids.map((id) => words.firms[id].name));

// --- A day ---------------------------------------------------------------------------

const sheet = (words, visits) =>
  h("div", { class: "trackernetz-sheet" },
    h("h3", {}, words.day.sheet), h("p", { class: "muted" }, visits.length ? words.day.number : words.day.empty),
    h("ul", {}, ...profile(visits).filter(({ isOwn }) => !isOwn).map(({ site, text }) => h("li", {}, h("time", {}, site.clock), ` ${text}`))));

const table = (words, visits) => {
  const { caption, firm, from, knows, passes } = words.day.table;
  const row = ([id, { name, kind, passes: to }]) => {
    const lines = knownTo(id, profile(visits), words.firms);
    const cells = [
      [...new Set(lines.map(({ site }) => site.name))].join(", ") || words.day.nobody,
      lines.map(({ text }) => text).join("; ") || words.day.nothing,
      to && lines.length ? words.firms[to].name : words.day.keeps,
    ];
    return h("tr", {}, h("th", { scope: "row" }, `${name} (${kind})`), ...cells.map((cell) => h("td", {}, cell)));
  };
  return h("details", { class: "more" }, h("summary", {}, caption),
    h("div", { class: "lab-scroll", tabIndex: 0, role: "region", "aria-label": words.day.net },
      h("table", { class: "lab-table" },
        h("thead", {}, h("tr", {}, ...[firm, from, knows, passes].map((label) => h("th", { scope: "col" }, label)))),
        h("tbody", {}, ...Object.entries(words.firms).map(row)))));
};

const visitPart = (stage, visits) => {
  const { words } = stage;
  const site = words.sites[visits.length];
  const choose = (choice) => afterPart(stage, [...visits, { site, choice }]);
  stage.show(
    steps(words, 0),
    h("h2", {}, visits.length ? site.name : words.day.title),
    visits.length === 0 && h("p", {}, words.day.intro),
    h("div", { class: "lab-columns" },
      browser(site, h("h3", {}, words.day.what), h("div", { class: "trackernetz-choices" }, ...site.choices.map((choice) =>
        h("button", { type: "button", class: "lab-choice", onclick: () => choose(choice) }, choice.text)))),
      sheet(words, visits)),
  );
};

// What one visit sets going, in sentences.
const behind = (words, visit) => {
  const { site, choice } = visit;
  const readers = Object.keys(site.readers);
  const pattern = readers.length > 1 ? words.day.readers : words.day.reader;
  const learned = linesOf(visit).filter(({ isOwn }) => !isOwn).map(({ text }) => text);
  return h("ul", { class: "trackernetz-behind" },
    h("li", {}, fillIn(pattern, { firms: firmNames(words, readers) })),
    ...passedOn(readers, words.firms).map(([from, to]) => h("li", { class: "is-passed" }, fillIn(words.day.passes, { from: words.firms[from].name, to: words.firms[to].name }))),
    choice.match && h("li", { class: "is-passed" }, choice.match.says),
    h("li", { class: "is-line" }, fillIn(words.day.learned, { text: learned.join("; ") })));
};

const afterPart = (stage, visits) => {
  const { words } = stage;
  const { site, choice } = visits.at(-1);
  const isLast = visits.length === words.sites.length;
  stage.show(
    steps(words, 0),
    h("h2", {}, words.day.behind),
    h("div", { class: "lab-columns is-wide-right" },
      h("div", {}, browser(site, h("p", {}, choice.text)),
        behind(words, visits.at(-1)),
        button(isLast ? words.day.auction : words.day.next, () => (isLast ? auctionPart(stage, visits, 0) : visitPart(stage, visits)))),
      h("div", {}, h("h3", { class: "visually-hidden" }, words.day.net), graph(words, visits), table(words, visits))),
    sheet(words, visits),
  );
};

// --- The auction ---------------------------------------------------------------------

const seenInRequest = (words, visits) => knownTo(EXCHANGE, profile(visits), words.firms);

const request = (words, visits) => {
  const { request: labels, fields, values, standard } = words.auction;
  const segments = h("ul", {}, ...seenInRequest(words, visits).map(({ text }) => h("li", {}, text)));
  const filled = { id: words.day.number, ...values, segments };
  return h("div", {},
    h("dl", { class: "trackernetz-request" }, ...Object.entries(labels).flatMap(([key, label]) =>
      [h("dt", {}, label, h("code", {}, fields[key])), h("dd", {}, filled[key])])),
    h("p", { class: "muted" }, standard));
};

const offers = (words, visits) => bids(words.auction.bidders, seenInRequest(words, visits));

const bars = (words, visits, language) => {
  const { because, guess, cents, remark } = words.auction;
  const all = offers(words, visits);
  const number = (value) => (value / 100).toLocaleString(language, { minimumFractionDigits: 2 });
  return h("div", {}, ...all.map(({ name, value, reasons }) =>
    h("div", { class: "lab-meter" }, h("span", {}, h("span", {}, name), h("span", {}, fillIn(cents, { value: number(value) }))),
      h("div", { class: "lab-bar", "aria-hidden": "true" }, h("span", { style: { "--part": value / all[0].value } })),
      h("small", {}, reasons.length ? fillIn(because, { line: reasons.map(({ text }) => text).join("; ") }) : guess))),
    h("p", { class: "lab-note" }, remark));
};

const shown = {
  request,
  bids: bars,
  ad: (words, visits) => browser(words.sites.at(-1), h("p", { class: "trackernetz-ad" }, offers(words, visits)[0].ad)),
};

const auctionPart = (stage, visits, at) => {
  const { words } = stage;
  const step = words.auction.steps[at];
  const isLast = at === words.auction.steps.length - 1;
  const [{ name }] = offers(words, visits);
  stage.show(
    steps(words, 1),
    h("h2", {}, `${at + 1}. ${step.at}`),
    at === 0 && h("p", {}, words.auction.intro),
    h("p", { class: "trackernetz-lead" }, fillIn(step.text, { name })),
    shown[step.shows]?.(words, visits, stage.language),
    button(isLast ? words.auction.dossier : words.auction.next, () => (isLast ? helpPart(stage, visits) : auctionPart(stage, visits, at + 1))),
  );
};

// --- The file ------------------------------------------------------------------------

const fileRow = (words, line, { state, at }) => {
  const isOff = state === "gone" || state === "loose";
  const where = fillIn(words.help[state], { firms: firmNames(words, at), site: line.site.name });
  return h("li", { class: isOff ? "is-gone" : "" }, h("span", {}, isOff ? h("s", {}, line.text) : line.text), h("small", {}, where));
};

const helpPart = (stage, visits) => {
  const { words } = stage;
  const lines = profile(visits);
  const on = new Set();
  const count = h("p", { class: "trackernetz-count" });
  const list = h("ul", { class: "trackernetz-file" });

  const update = (isFirst) => {
    const fates = lines.map((line) => fate(line, [...on], words.firms));
    const kept = fates.filter(({ state }) => state === "held" || state === "own").length;
    count.textContent = fillIn(words.help.count, { kept, all: lines.length });
    list.replaceChildren(...lines.map((line, index) => fileRow(words, line, fates[index])));
    if (!isFirst) stage.say(count.textContent);
  };

  const toggle = (protection) => ({ target }) => {
    if (target.checked) on.add(protection);
    else on.delete(protection);
    update();
  };
  const choice = (protection) =>
    h("label", { class: "lab-choice" }, h("input", { type: "checkbox", onchange: toggle(protection) }),
      h("span", {}, h("b", {}, protection.name), h("small", {}, protection.says)));
  stage.show(
    steps(words, 2),
    h("h2", {}, words.help.title),
    h("p", {}, words.help.intro),
    count,
    h("div", { class: "lab-columns" },
      h("div", { class: "trackernetz-choices", role: "group", "aria-label": words.help.group }, ...Object.values(words.help.protections).map(choice)),
      list),
    h("p", { class: "lab-note" }, words.help.rest),
    button(words.help.done, () => stage.finish()),
  );
  update(true);
};

play("trackernetz", (stage) => visitPart(stage, []));
