// Station 3: one shop is robbed, eight accounts stand in a row.

import { fillIn, h, svg } from "../labs/kit.js";
import { allChanged, fall, toggle, waysOf } from "./chain.js";
import { button, steps } from "./parts.js";

const MOVES = 3;

export const topplePart = (stage, onward) => {
  const { words } = stage;
  stage.show(
    steps(words, 2), h("h2", {}, words.domino.title), h("p", {}, words.domino.intro),
    row(words.domino, null, new Map()),
    h("p", {}, button(words.domino.go, () => fallenPart(stage, new Map(), onward))));
};

// The row of stones. Before the fall "chain" is null; after it, what fell stands in front.
const row = (words, chain, changed, change) => {
  const turns = new Map(chain?.map(({ id }, turn) => [id, turn]));
  const services = chain ? inOrder(words.services, turns) : words.services;
  const item = (service) => {
    const turn = turns.get(service.id);
    return h("li", { class: turn == null ? "" : "is-fallen" },
      h("b", {}, service.name), " ", h("span", { class: "passwortwerkstatt-state" }, stateOf(words, service, changed)),
      chain && h("p", {}, h("strong", {}, turn == null ? words.standing : words.fell), ". ", reasonOf(words, service, chain, changed)),
      change?.(service));
  };
  return [stones(services.length, turns.size), h("ol", { class: `passwortwerkstatt-accounts${chain ? " is-pushed" : ""}` }, ...services.map(item))];
};

const inOrder = (services, turns) =>
  [...services].sort((one, other) => (turns.get(one.id) ?? services.length) - (turns.get(other.id) ?? services.length));

// The stones from the side; the list below says the same. The last one that falls leans
// on the first that holds.
const stones = (all, fallen) => {
  const stone = (number) => {
    const isLeaning = number === fallen - 1 && fallen < all;
    const group = svg("g", { class: number < fallen ? `is-fallen${isLeaning ? " is-leaning" : ""}` : "" },
      svg("path", { d: "M0 0l-1-74 24-1 1 75z", class: "is-face" }), svg("path", { d: "M0-37h23" }), svg("text", { x: 11.5, y: -11 }, number + 1));
    group.style.setProperty("--turn", number);
    return svg("g", { transform: `translate(${14 + number * 58} 92)` }, group);
  };
  return svg("svg", { viewBox: "0 0 500 100", class: "passwortwerkstatt-stones", "aria-hidden": "true" },
    svg("path", { d: "M4 93c160-2 330-1 492 0" }), ...Array.from({ length: all }, (_, number) => stone(number)));
};

const stateOf = (words, { id, kind }, changed) => {
  const way = kind !== "leak" && changed.get(id);
  if (way === "password") return words.state.own;
  return way ? `${words.state[kind]}, ${words.second}` : words.state[kind];
};

const reasonOf = (words, { id, kind }, chain, changed) => {
  const fallen = chain.find((each) => each.id === id);
  if (fallen) return words.why[fallen.why];
  const isDouble = changed.get(id) === "factor";
  if (kind !== "own") return words.kept[isDouble ? "double" : "own"];
  return words.kept[isDouble && mailFell(chain) ? "factor" : "mailbox"];
};

const mailFell = (chain) => chain.some(({ id }) => id === "mail");

const commentOn = (words, chain, changed) => {
  if (changed.size > MOVES) return words.manager_done;
  if (!mailFell(chain)) return words.mail_kept;
  return chain.some(({ why }) => why === "reset") ? words.mail_fell : words.mail_factor;
};

const fallenPart = (stage, changed, onward) => {
  const words = stage.words.domino;
  const chain = fall(words.services, changed);
  const isFirst = changed.size === 0;
  const isManaged = changed.size > MOVES;
  stage.show(
    steps(stage.words, 2),
    h("h2", {}, fillIn(words.fallen, { count: chain.length, all: words.services.length })),
    h("p", { class: "lab-note" }, commentOn(words, chain, changed)),
    row(words, chain, changed),
    h("p", { class: "passwortwerkstatt-onward" },
      button(isFirst ? words.rewind_button : words.redo, () => rewindPart(stage, onward), { class: isFirst ? "button" : "button is-quiet" }),
      !isFirst && !isManaged && button(words.manager, () => fallenPart(stage, allChanged(words.services), onward), { class: "button is-quiet" }),
      !isFirst && button(words.onward, onward)));
};

const rewindPart = (stage, onward) => {
  const words = stage.words.domino;
  const changed = new Map();
  const left = h("p", { class: "passwortwerkstatt-left" });
  const push = button(words.again, () => fallenPart(stage, changed, onward));
  const buttons = [];
  const update = () => {
    left.textContent = fillIn(words.left, { count: MOVES - changed.size, all: MOVES });
    push.disabled = changed.size < MOVES;
    for (const { id, way, element } of buttons) {
      element.disabled = changed.size === MOVES && !changed.has(id);
      element.setAttribute("aria-pressed", changed.get(id) === way);
    }
  };
  const offer = ({ id, name }, way) => {
    const element = h("button", { type: "button", class: "lab-choice", "aria-label": `${name}: ${words.change[way]}` }, words.change[way]);
    element.addEventListener("click", () => {
      toggle(changed, id, way);
      update();
      stage.say(left.textContent);
    });
    buttons.push({ id, way, element });
    return element;
  };
  const change = (service) => waysOf(service).map((way) => offer(service, way));
  stage.show(
    steps(stage.words, 2), h("h2", {}, words.rewind_title), h("p", {}, words.rewind),
    row(words, null, new Map(), change),
    h("div", { class: "passwortwerkstatt-push" }, left, h("p", {}, push)));
  update();
};
