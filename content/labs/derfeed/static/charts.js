// What the feed knows, drawn: a trail of dots, a stream of topics, bars; and where in the
// lab somebody is.

import { fillIn, h, svg } from "../labs/kit.js";
import { TOPICS, stream } from "./feed.js";
import { sign, signPath } from "./draw.js";

// Returns a number as it is written in the language of the lab.
export const number = ({ language }, value, digits = 1) =>
  value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const steps = (words, current) =>
  h("ol", { class: "lab-steps" }, ...words.steps.map((step, index) => h("li", { "aria-current": index === current && "step" }, step)));

const [HIGH, POINTS] = [260, 48];

// How big a dot is: from 0 (swiped off) to 3 (stuck), measured by the longest look.
const size = (seconds, most) => Math.min(3, Math.floor((4 * seconds) / Math.max(most, 0.1)));

// Returns a session as dots in a row; what they show is also said.
export const trail = (stage, history, label) => {
  const { words } = stage;
  const most = Math.max(0.1, ...history.map(({ seconds }) => seconds));
  return h("ol", { class: "derfeed-trail", "aria-label": label }, ...history.map((entry) => {
    const said = fillIn(words.swipe.dot, { topic: words.topics[entry.topic], seconds: number(stage, entry.seconds) });
    return h("li", { class: `is-${entry.topic} is-size-${size(entry.seconds, most)} is-level-${entry.level}${entry.ad ? " is-ad" : ""}` },
      sign(entry.topic),
      entry.liked && h("i", { "aria-hidden": "true" }, "♥"),
      h("span", { class: "visually-hidden" }, `${said}${entry.liked ? words.swipe.dot_liked : ""}${entry.ad ? words.swipe.dot_ad : ""}`));
  }));
};

// Returns how sure the feed is of each topic, the surest first.
export const bars = (stage, shares) =>
  h("ul", { class: "derfeed-bars" }, ...[...TOPICS].sort((a, b) => shares[b] - shares[a]).map((topic) =>
    h("li", { class: `lab-meter is-${topic}` },
      h("span", {}, h("span", {}, sign(topic), stage.words.topics[topic]), h("strong", {}, fillIn(stage.words.percent, { value: number(stage, shares[topic] * 100, 0) }))),
      h("span", { class: "lab-bar", "aria-hidden": "true" }, h("span", { style: { "--part": shares[topic] } })))));

const line = (points) => points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");

// Returns the share of the topics in the course of a session: bands, the last one's
// widest at the bottom, with the topic's sign where the band is thickest.
export const river = (stage, history) => {
  const { words } = stage;
  const wide = matchMedia("(width < 40rem)").matches ? 340 : 640;
  const flow = stream(history, POINTS);
  const order = [...TOPICS].sort((a, b) => flow.at(-1)[b] - flow.at(-1)[a]);
  const x = (at) => (at / (POINTS - 1)) * wide;
  let below = flow.map(() => HIGH);
  const bands = [];
  const marks = [];
  for (const topic of order) {
    const above = below.map((y, at) => y - flow[at][topic] * HIGH);
    bands.push(svg("path", { class: `derfeed-band is-${topic}`, d: `M${line(above.map((y, at) => [x(at), y]))}L${line(below.map((y, at) => [x(at), y]).reverse())}Z` }));
    const thick = below.map((y, at) => y - above[at]);
    const at = thick.indexOf(Math.max(...thick.slice(2, -2)));
    if (thick[at] > 30) marks.push(signPath(topic, { class: `derfeed-mark is-${topic}`, transform: `translate(${Math.min(wide - 32, Math.max(2, x(at) - 15))} ${(above[at] + below[at]) / 2 - 15})` }));
    below = above;
  }
  const names = (shares) => TOPICS.filter((topic) => shares[topic] > 0.15).sort((a, b) => shares[b] - shares[a]).map((topic) => `${words.topics[topic]} ${fillIn(words.percent, { value: number(stage, shares[topic] * 100, 0) })}`).join(", ");
  return h("figure", { class: "derfeed-river" },
    svg("svg", { viewBox: `0 0 ${wide} ${HIGH}`, role: "img", "aria-label": fillIn(words.reveal.stream_alt, { first: names(flow[0]), last: names(flow.at(-1)) }) }, ...bands, ...marks),
    h("div", { class: "derfeed-ends", "aria-hidden": "true" }, h("span", {}, words.reveal.start), h("span", {}, fillIn(words.reveal.end, { count: history.length }))),
    h("figcaption", { class: "derfeed-legend" }, ...order.filter((topic) => flow.some((shares) => shares[topic] > 0.02)).map((topic) => h("span", { class: `is-${topic}` }, sign(topic), words.topics[topic]))));
};
