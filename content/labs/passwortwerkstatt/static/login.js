// Station 4: three ways to sign in, on the real page and on a forged one.

import { h, isCalm } from "../labs/kit.js";
import { button, radios, steps } from "./parts.js";

const WAYS = ["password", "code", "passkey"];
const PAGES = ["fake", "real"];

export const loginPart = (stage) => {
  const words = stage.words.pass;
  let way = "password";
  let page = "fake";
  const tried = new Set();
  const address = h("span", { class: "passwortwerkstatt-address" });
  const form = h("p", { class: "passwortwerkstatt-form" });
  const result = h("div", { class: "passwortwerkstatt-result" });
  const table = h("table", { class: "lab-table" });
  const finish = button(words.finish, () => stage.finish(), { hidden: true });
  const wait = h("p", { class: "muted" }, words.wait);
  const limits = h("p", { class: "lab-note", hidden: true }, words.limits);

  const reset = () => {
    address.textContent = words.pages[page].address;
    form.replaceChildren(h("b", {}, words.ways[way].name), h("span", {}, words.ways[way].what));
    result.replaceChildren();
  };
  const show = () => {
    const outcome = words.outcomes[`${page}_${way}`];
    tried.add(`${page}_${way}`);
    const card = (title, text, kind = "") => h("div", { class: kind }, h("h3", {}, title), h("p", {}, text));
    result.replaceChildren(card(words.sees, outcome.sees), card(words.arrives[page], outcome.arrives, outcome.is_lost ? "is-lost" : "is-safe"));
    result.scrollIntoView({ block: "nearest", behavior: isCalm() ? "instant" : "smooth" });
    stage.say(`${words.sees}: ${outcome.sees} ${words.arrives[page]}: ${outcome.arrives}`);
    const isDone = WAYS.every((each) => tried.has(`fake_${each}`));
    finish.hidden = !isDone;
    limits.hidden = !isDone;
    wait.hidden = isDone;
    fill();
  };
  const cell = (key) => {
    if (!tried.has(key)) return h("td", { class: "muted" }, words.untried);
    return h("td", { data: { lost: words.outcomes[key].is_lost } }, words.outcomes[key].short);
  };
  const fill = () => table.replaceChildren(
    h("caption", {}, words.table),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.columns.way), ...PAGES.map((each) => h("th", { scope: "col" }, words.pages[each].name)))),
    h("tbody", {}, ...WAYS.map((each) => h("tr", {}, h("th", { scope: "row" }, words.ways[each].name), ...PAGES.map((where) => cell(`${where}_${each}`))))));

  const pick = (options, order) => order.map((each) => [each, options[each].name]);
  stage.show(
    steps(stage.words, 3), h("h2", {}, words.title), h("p", {}, words.intro),
    h("div", { class: "lab-columns" },
      h("div", {},
        radios("way", words.way, pick(words.ways, WAYS), way, (value) => {
          way = value;
          reset();
        }),
        radios("page", words.page, pick(words.pages, PAGES), page, (value) => {
          page = value;
          reset();
        })),
      h("div", { class: "passwortwerkstatt-window", role: "group", "aria-label": words.window },
        h("p", { class: "passwortwerkstatt-bartop" }, address),
        h("div", {}, h("p", { class: "passwortwerkstatt-brand", "aria-hidden": "true" }, "Klangladen"), form, h("p", {}, button(words.go, show))))),
    result, table, limits, h("p", {}, finish), wait);
  reset();
  fill();
};
