// What the stations share: where one is, choices with one answer, bars on a scale of time.

import { h, isCalm, svg } from "../labs/kit.js";
import { inWords, position } from "./estimate.js";

export const steps = (words, current) =>
  h("ol", { class: "lab-steps" }, ...words.steps.map((step, index) =>
    h("li", { "aria-current": index === current && "step" }, `${index + 1}. ${step}`)));

export const button = (text, onclick, given = {}) =>
  h("button", { type: "button", class: "button", onclick, ...given }, text);

// Moves the focus to a heading whose words changed, and the page with it: on a phone the
// last card stands far below.
export const moveTo = (heading) => {
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "nearest", behavior: isCalm() ? "instant" : "smooth" });
};

// One question with one answer: [[value, name, hint], …].
export const radios = (name, legend, options, chosen, onchange) =>
  h("fieldset", { class: "passwortwerkstatt-radios" }, h("legend", {}, legend),
    h("div", { class: "lab-choices" }, ...options.map(([value, text, hint]) =>
      h("label", { class: "lab-choice" },
        h("input", { type: "radio", name: `passwortwerkstatt-${name}`, checked: value === chosen, onchange: () => onchange(value) }),
        h("span", {}, text, hint && h("small", {}, hint))))));

// Open by tomorrow.
export const isOpen = (seconds) => seconds < 86_400;

// The ticks of the scale; each bar says its time in words, so they are decoration.
export const ticks = (words) =>
  h("div", { class: "passwortwerkstatt-ticks", "aria-hidden": "true" }, ...words.ticks.map(([power, text]) =>
    h("span", { style: { "--at": power / 11 } }, text)));

// A padlock; where its lane is weak, its shackle springs open.
export const lock = () =>
  svg("svg", { viewBox: "0 0 48 48", width: 40, height: 40, class: "passwortwerkstatt-lock", "aria-hidden": "true" },
    svg("path", { d: "M15 24v-9c0-12 18-12 18 0v9", class: "is-shackle" }),
    svg("path", { d: "M9 22l30-1 1 20-30 1z", class: "is-body" }), svg("path", { d: "M24 29v5" }));

// One bar: what, how long, and anything below. set(seconds) moves it.
export const lane = (stage, name, below, isCode) => {
  const time = h("b", {});
  const bar = h("span");
  const element = h("li", { class: "passwortwerkstatt-lane" },
    h("span", { class: "passwortwerkstatt-name" }, isCode && lock(), isCode ? h("code", {}, name) : h("span", {}, name), time),
    h("span", { class: "passwortwerkstatt-bar", "aria-hidden": "true" }, bar), below);
  const set = (seconds) => {
    const text = seconds == null ? "" : inWords(seconds, stage.words.times, stage.language);
    time.textContent = text;
    bar.style.setProperty("--part", seconds == null ? 0 : Math.max(position(seconds), 0.012));
    element.classList.toggle("is-weak", seconds != null && isOpen(seconds));
    element.classList.toggle("is-endless", seconds != null && position(seconds) === 1);
    return text;
  };
  return { element, set };
};
