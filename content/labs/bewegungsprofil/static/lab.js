// Bewegungsprofil: read a week of points, find the person, then blur the trace.

import { dice, fillIn, h, play } from "../labs/kit.js";
import { named, places, streets } from "../labs/hellingen.js";
import { alike, crowd, filtered, minutesAt, stays } from "./clues.js";
import { blurPart } from "./blur.js";
import { plan } from "./plan.js";
import { player } from "./player.js";
import { steps, timeIn } from "./show.js";
import { week, ways } from "./week.js";

const SPOT = 418; // where the phone stands in the crowd

const choices = (label, names, chosen, onchoose) => {
  const buttons = Object.entries(names).map(([id, name]) => {
    const button = h("button", { type: "button", class: "lab-choice", "aria-pressed": String(id === chosen), data: { id } }, name);
    button.addEventListener("click", () => {
      mark(id);
      onchoose(id);
    });
    return button;
  });
  const mark = (id) => buttons.forEach((each) => each.setAttribute("aria-pressed", each.dataset.id === id));
  return { element: h("fieldset", {}, h("legend", {}, label), h("div", { class: "lab-choices" }, ...buttons)), mark };
};

// --- Finding -------------------------------------------------------------------------

const findPart = (stage, points, index) => {
  const shown = { days: "week", part: "all" };
  const words = stage.words.find;
  const found = stage.words.cases[index];
  let guess = null;
  let isFound = false;
  const map = plan({ label: stage.words.map, ways: ways(places, streets), ids: () => found.choices, onplace: (id) => suspect(id) });
  const summary = h("p", { class: "bewegungsprofil-summary" });
  const rows = h("tbody");
  const verdict = h("div", { class: "lab-note", hidden: true });
  const names = Object.fromEntries(found.choices.map((id) => [id, named(id, stage.language)]));
  const list = choices(words.places, names, null, (id) => suspect(id));

  const fact = ({ place, name, certain }) =>
    h("li", {}, h("span", {}, name, h("small", {}, certain)), h("b", {}, named(place, stage.language)));
  const known = h("ul", { class: "bewegungsprofil-known" }, ...stage.words.cases.slice(0, index).map(fact));
  const notes = h("div", { hidden: !index }, h("h3", {}, words.known), known);

  const suspect = (id) => {
    if (isFound) return;
    guess = id;
    list.mark(id);
    map.pin(id);
    const minutes = minutesAt(filtered(points, shown.days, shown.part), id);
    answer(fillIn(minutes ? words.here : words.never, { place: named(id, stage.language), time: timeIn(words, minutes) }));
  };
  const tell = (...texts) => {
    verdict.hidden = false;
    verdict.replaceChildren(...texts.map((text) => (typeof text === "string" ? h("p", {}, text) : text)));
  };
  // Where the focus stays on a button, what changed beside it has to be said.
  const answer = (text) => {
    tell(text);
    stage.say(text);
  };

  const update = (isFirst) => {
    const seen = filtered(points, shown.days, shown.part);
    const sums = stays(seen);
    map.points(seen);
    map.stays(sums);
    summary.textContent = fillIn(words.shown, {
      count: seen.length,
      places: sums.slice(0, 3).map(([id, minutes]) => `${named(id, stage.language)} (${timeIn(words, minutes)})`).join(", "),
    });
    rows.replaceChildren(...sums.map(([id, minutes]) => h("tr", {}, h("th", { scope: "row" }, named(id, stage.language)), h("td", {}, timeIn(words, minutes)))));
    if (guess && !isFound) suspect(guess);
    else if (!isFirst) stage.say(fillIn(words.announce, { count: seen.length, place: named(sums[0][0], stage.language) }));
  };

  const decide = h("button", { type: "button", class: "button", onclick: () => {
    if (!guess) return answer(words.choose);
    const values = { place: named(guess, stage.language), time: timeIn(words, minutesAt(points, guess)) };
    const isNarrow = shown.days !== "week" || shown.part !== "all";
    if (guess !== found.place) return answer(`${fillIn(words.wrong, values)} ${isNarrow ? words.elsewhere : words.narrow}`);
    isFound = true;
    decide.hidden = true;
    const heading = h("h3", { tabIndex: -1 }, fillIn(words.right, values));
    tell(heading, h("p", {}, h("strong", {}, `${words.sure} `), found.sure), ...(next ? [] : extras(stage)), onward);
    known.append(fact(found));
    notes.hidden = false;
    heading.focus({ preventScroll: true });
    for (const each of [verdict, heading]) each.scrollIntoView({ block: "nearest" });
  } }, words.decide);
  const next = stage.words.cases[index + 1];
  const onward = h("p", {}, h("button", {
    type: "button",
    class: "button",
    onclick: () => (next ? findPart(stage, points, index + 1) : crowdPart(stage, points)),
  }, next ? words.next : words.to_crowd));

  stage.show(
    steps(stage.words, 0),
    h("h2", {}, index ? found.title : words.title),
    ...(index ? [] : [h("p", {}, words.intro)]),
    ...(index ? [] : [h("h3", {}, found.title)]),
    h("p", {}, found.hint),
    h("div", { class: "bewegungsprofil-find" },
      map.element,
      h("div", { class: "bewegungsprofil-controls" },
        choices(words.parts, words.part_names, shown.part, (id) => { shown.part = id; update(); }).element,
        choices(words.days, words.day_names, shown.days, (id) => { shown.days = id; update(); }).element,
        list.element, verdict, h("p", {}, decide)),
      h("div", { class: "bewegungsprofil-more" }, player(words, stage.language, points, map), summary,
        h("details", { class: "more" }, h("summary", {}, words.table),
          h("table", { class: "lab-table" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.columns.place), h("th", { scope: "col" }, words.columns.time))), rows)),
        notes)),
  );
  update(true);
};

const extras = (stage) => [
  h("p", {}, h("strong", {}, stage.words.find.also)),
  h("ul", {}, ...stage.words.extras.map(({ text }) => h("li", {}, text))),
];

// --- Recognising ---------------------------------------------------------------------

const crowdPart = (stage, points) => {
  const words = stage.words.crowd;
  const people = crowd(dice(11));
  const known = new Set();
  const shuffled = [...people.slice(1, SPOT), people[0], ...people.slice(SPOT)];
  const swarm = h("div", { class: "bewegungsprofil-crowd", "aria-hidden": "true" }, ...people.map(() => h("span")));
  const count = h("p", {});
  const verdict = h("div", { class: "lab-note" });
  const onward = h("p", { class: "bewegungsprofil-onward", hidden: true }, h("button", { type: "button", class: "button", onclick: () => blurPart(stage, points) }, words.onward));
  const update = () => {
    const left = new Set(alike(people, [...known]));
    const isOne = left.size === 1;
    shuffled.forEach((each, at) => swarm.children[at].classList.toggle("is-out", !left.has(each)));
    swarm.classList.toggle("is-one", isOne);
    const said = isOne ? words.one : words.left;
    count.replaceChildren(h("span", { class: "lab-figure" }, left.size.toLocaleString(stage.language)), " ", said);
    verdict.replaceChildren(h("p", {}, isOne ? `${known.size > 2 ? words.three : words.two} ${words.found}` : known.size ? words.many : words.start), ...(isOne ? [h("p", {}, words.real)] : []));
    onward.hidden = !isOne;
    if (known.size) stage.say(`${left.size} ${said}`);
  };
  const fact = ([id, text]) => {
    const button = h("button", { type: "button", class: "lab-choice", "aria-pressed": "false" }, text);
    button.addEventListener("click", () => {
      if (!known.delete(id)) known.add(id);
      button.setAttribute("aria-pressed", known.has(id));
      update();
    });
    return button;
  };
  stage.show(steps(stage.words, 1), h("h2", {}, words.title), h("p", {}, words.intro),
    h("div", { class: "lab-columns" },
      h("div", {}, h("div", { class: "lab-choices" }, ...Object.entries(words.facts).map(fact)), count, swarm),
      h("div", {}, verdict, onward)));
  update();
};

play("bewegungsprofil", (stage) => {
  findPart(stage, week(places, streets, dice(3)), 0);
});
