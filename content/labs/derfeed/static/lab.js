// Der Feed: swipe, see what hesitating gave away, change the goal, set the weights.

import { dice, fillIn, h, play } from "../labs/kit.js";
import { PARTS, ROUND, begin, levelOf, next, observe, shares } from "./feed.js";
import { bars, number, steps, trail } from "./charts.js";
import { scene } from "./draw.js";
import { captionOf, phone } from "./phone.js";
import { guessPart } from "./reveal.js";

// Everybody begins with the same five clips, so that a class can compare, and so can whoever starts again.
const SEED = 1308;
const NOTICE_AT = 5; // clips until the feed has noticed something
const FAN = [{ topic: "kochen", index: 0, level: 1 }, { topic: "tiere", index: 1, level: 1 }, { topic: "witz", index: 1, level: 3 }];

// Says why a clip came, in words.
const whyIn = (stage, { why, topic, index, ad }) => {
  const { words } = stage;
  const values = { topic: words.topics[topic], part: words.parts[why.part]?.name };
  if (why.of) Object.assign(values, { caption: captionOf(words, why.of), seconds: number(stage, why.of.seconds), pace: number(stage, why.pace ?? 0) });
  const said = fillIn(words.why[why.kind], values);
  return !ad && index && levelOf(index) > levelOf(index - 1) ? `${said} ${words.why.level}` : said;
};

const swipePart = (stage, random) => {
  const words = stage.words;
  const run = { state: begin(), part: "nachmittags", clip: null };

  const traces = h("div", { class: "derfeed-traces" }, h("p", { class: "muted" }, words.swipe.trail_empty));
  const side = h("div", { class: "derfeed-side" });
  const noticed = h("p", { class: "derfeed-noticed", hidden: true }, words.swipe.noticed);
  const place = h("p", { class: "derfeed-place muted" });

  const device = phone(stage, (done) => {
    run.state = observe(run.state, { ...run.clip, ...done, part: run.part });
    traces.replaceChildren(trail(stage, run.state.history, words.swipe.trail));
    if (run.state.history.length === NOTICE_AT) {
      noticed.hidden = false;
      stage.say(words.swipe.noticed);
    }
    if (run.state.history.length === ROUND) guessPart(stage, run);
    else step();
  });
  const step = () => {
    const count = run.state.history.length + 1;
    run.clip = next(run.state, { goal: "attention", part: run.part, random });
    place.textContent = fillIn(words.swipe.place, { number: count, all: ROUND });
    close();
    device.show(run.clip, count);
  };

  const close = () => {
    side.replaceChildren();
    for (const each of [why, assumes]) each.setAttribute("aria-expanded", "false");
  };
  const open = (button, title, ...parts) => {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    close();
    if (isOpen) return device.hold(false);
    device.hold(true);
    button.setAttribute("aria-expanded", "true");
    const heading = h("h3", { tabIndex: -1 }, title);
    side.replaceChildren(heading, ...parts, h("p", { class: "muted" }, words.swipe.stands),
      h("p", {}, h("button", { type: "button", class: "button is-small", onclick: back }, words.swipe.back)));
    heading.focus({ preventScroll: true });
    side.scrollIntoView({ block: "nearest" });
  };
  const back = () => {
    close();
    device.hold(false);
    device.focus();
  };
  const asks = (text, act) => {
    const button = h("button", { type: "button", class: "lab-choice", "aria-expanded": "false", onclick: () => act(button) }, text);
    return button;
  };
  const why = asks(words.swipe.why, (button) => open(button, words.swipe.why, h("p", {}, whyIn(stage, run.clip))));
  const assumes = asks(words.swipe.assumes, (button) => {
    noticed.hidden = true;
    open(button, words.panel.title, h("p", {}, words.panel.intro), bars(stage, shares(run.state)));
  });

  const setPart = (part) => {
    run.part = part;
    device.setPart(part);
  };
  const clock = h("fieldset", { class: "derfeed-clock" }, h("legend", {}, words.swipe.clock),
    h("div", { class: "lab-choices" }, ...PARTS.map((part) => h("label", { class: "lab-choice" },
      h("input", { type: "radio", name: "derfeed-part", checked: part === run.part, onchange: () => setPart(part) }), words.parts[part].name))));

  setPart(run.part);
  stage.show(
    steps(words, 0),
    h("h2", {}, words.swipe.title),
    h("div", { class: "derfeed-swipe" },
      device.element,
      h("div", {},
        place,
        noticed,
        h("div", { class: "lab-choices" }, why, assumes),
        side,
        h("h3", {}, words.swipe.trail), traces,
        clock,
        h("p", { class: "muted" }, words.swipe.keys))),
  );
  step();
};

play("derfeed", (stage) => {
  const words = stage.words;
  const random = dice(SEED);
  stage.show(
    h("h2", {}, words.swipe.title),
    h("div", { class: "derfeed-hello" },
      h("div", {},
        h("p", { class: "derfeed-lead" }, words.swipe.intro),
        h("p", {}, h("button", { type: "button", class: "button is-big", onclick: () => swipePart(stage, random) }, words.swipe.go)),
        h("p", { class: "muted" }, words.swipe.made_up)),
      h("div", { class: "derfeed-fan", "aria-hidden": "true" }, ...FAN.map((clip) => h("div", {}, scene(clip))))),
  );
});
