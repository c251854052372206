// The case: four photos of kim_07, turned over one after the other.

import { fillIn, h, svg } from "../labs/kit.js";
import { rowsOf } from "./rows.js";
import { button, casefile, focusOn, NAME, picture, print, steps, town } from "./show.js";

// What an answer shows besides words: where it is, or what was cut away.
const proof = (id, facts, words) => {
  if (id === "place") return [town(facts.place, words), h("p", { class: "muted" }, words.sea)];
  if (id === "thumbnail") return [h("figure", { class: `${NAME}-hidden` }, picture(facts.thumbnail, words.hidden), h("figcaption", {}, words.hidden_caption))];
  return [];
};

export const casePart = (stage, files, onDone, index = 0) => {
  const { words } = stage;
  const { cases } = words;
  const at = cases[index];
  const { photo, facts } = files[at.photo];
  const card = h("div", { class: `${NAME}-card` });
  const below = h("div");
  const hint = h("p", { class: `${NAME}-hint` });
  const right = h("div", { class: `${NAME}-side` }, casefile(words, index));
  const next = () => (index + 1 < cases.length ? casePart(stage, files, onDone, index + 1) : onDone());

  const solve = () => {
    const finding = h("p", {}, h("strong", {}, fillIn(at.finding, { metres: facts.place?.metres })));
    const reached = h("div", { class: `lab-note ${NAME}-said` }, finding, ...proof(at.answer, facts, words), h("p", {}, at.sure));
    below.replaceChildren(reached, h("p", {}, button(cases[index + 1]?.onward ?? words.to_file, next)));
    right.replaceChildren(casefile(words, index + 1, true));
    focusOn(finding, reached);
  };

  const wrong = (id, row) => {
    row.classList.add("is-wrong");
    hint.textContent = `${words.hints[id]} ${fillIn(words.asked, { question: at.question })}`;
    row.after(hint);
    stage.say(hint.textContent);
  };

  const rowButton = ({ id, value }, all) => {
    const row = h("button", { type: "button", class: `${NAME}-row` }, h("b", {}, words.rows[id]), " ", h("span", {}, value));
    row.addEventListener("click", () => {
      if (id !== at.answer) return wrong(id, row);
      hint.remove();
      for (const each of all.querySelectorAll("button")) each.disabled = each !== row;
      row.setAttribute("aria-pressed", "true");
      return solve();
    });
    return h("li", {}, row);
  };

  const back = () => {
    const list = h("ul", { "aria-label": words.back });
    list.append(...rowsOf(facts, words, stage.language).map((row) => rowButton(row, list)));
    const title = h("h3", {}, at.answer ? at.question : words.empty_title);
    const look = () => lookAt(stage, card, below, at, files, solve);
    const inside = at.answer ? [h("p", { class: "muted" }, words.task), list] : [h("p", {}, words.empty), h("p", {}, button(words.look, look))];
    card.replaceChildren(h("div", { class: `${NAME}-back` }, h("p", { class: `${NAME}-label` }, at.back ?? words.back), title, ...inside));
    focusOn(title);
  };

  card.append(print(at.caption, picture(photo.bytes, words.alts[at.photo], { width: 480, height: 360 })),
    h("p", {}, button(words.turn, back, "button is-big")));
  stage.show(
    steps(words, 0),
    h("h2", {}, at.title ?? words.title),
    ...(index ? [at.intro && h("p", {}, at.intro)] : [h("p", { class: `${NAME}-lead` }, words.intro)]),
    h("div", { class: "lab-columns is-wide-left" }, h("div", {}, card, below), right),
    index === 0 && h("p", { class: `muted ${NAME}-apart` }, words.made_up),
    index === 0 && h("p", {}, button(words.own_first, () => onDone("own"), "link-button")));
  if (at.is_turned) back();
};

// --- What the picture itself shows -----------------------------------------------------

const lookAt = (stage, card, below, at, files, solve) => {
  const { words } = stage;
  const needed = at.spots.filter(({ is_needed: isNeeded }) => isNeeded);
  const seen = new Set();
  const marks = at.spots.map(({ x, y }, index) =>
    svg("g", { class: `${NAME}-spot`, transform: `translate(${x} ${y})`, onclick: () => look(index) }, svg("circle", { r: 24 }), svg("text", { y: 9 }, index + 1)));
  const said = h("p", { class: `${NAME}-hint` }, words.look_task);

  const look = (index) => {
    const spot = at.spots[index];
    seen.add(spot);
    rows[index].setAttribute("aria-pressed", "true");
    marks[index].classList.add("is-seen");
    if (needed.every((each) => seen.has(each)) && !below.childElementCount) {
      said.textContent = "";
      return solve();
    }
    said.textContent = spot.says;
    return stage.say(spot.says);
  };
  const rows = at.spots.map(({ name }, index) =>
    h("button", { type: "button", class: "lab-choice", "aria-pressed": "false", onclick: () => look(index) }, `${index + 1} ${name}`));
  const task = h("h3", {}, words.look_title);

  card.replaceChildren(task,
    print(at.caption, picture(files[at.photo].photo.bytes, words.alts[at.photo], { width: 480, height: 360 }),
      svg("svg", { class: `${NAME}-spots`, viewBox: "0 0 480 360", "aria-hidden": "true" }, ...marks)),
    h("div", { class: "lab-choices", role: "group", "aria-label": words.look_title }, ...rows), said);
  focusOn(task);
};

// --- What is known now -----------------------------------------------------------------

export const filePart = (stage, onDone) => {
  const { words } = stage;
  stage.show(
    steps(words, 0),
    h("h2", {}, words.file.done),
    h("div", { class: "lab-columns" },
      casefile(words, words.file.slots.length),
      h("div", {}, ...words.file.meaning.map((text) => h("p", {}, text)), h("p", {}, button(words.file.onward, onDone, "button is-big")))));
};
