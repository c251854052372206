// The net as a drawing: visited sites on the left, firms on the right, lines between.

import { svg } from "../labs/kit.js";
import { passedOn, reached } from "./net.js";

const WIDTH = 424;
const ROW = 44;
const BOX = { width: 142, height: 34 };
const LEFT = 2;
const RIGHT = 248;

// What was read on the last of the visits is drawn in; the rest stands.
export const graph = (words, visits) => {
  const names = Object.keys(words.firms);
  const readers = ({ site }) => Object.keys(site.readers);
  const siteY = (at) => 24 + at * ROW;
  const firmY = (name) => 30 + names.indexOf(name) * ROW * 1.22;
  const isLast = (at) => (at === visits.length - 1 ? " is-new" : "");
  const read = visits.flatMap((visit, at) => readers(visit).map((name) =>
    svg("path", { class: `trackernetz-read${isLast(at)}`, pathLength: 1, d: `M${LEFT + BOX.width} ${siteY(at)}C204 ${siteY(at)} 196 ${firmY(name)} ${RIGHT} ${firmY(name)}` })));
  const handed = new Map(visits.flatMap((visit) => passedOn(readers(visit), words.firms)).map((pair) => [pair.join(), pair]));
  const edge = RIGHT + BOX.width;
  const passed = [...handed.values()].map(([from, to]) =>
    svg("path", { class: "trackernetz-passed", d: `M${edge} ${firmY(from)}C${WIDTH + 8} ${firmY(from)} ${WIDTH + 8} ${firmY(to)} ${edge} ${firmY(to)}` }));
  const knows = (name) => visits.filter((visit) => reached(readers(visit), words.firms).includes(name)).length;
  const box = (x, y, text, kind) =>
    svg("g", { class: `trackernetz-${kind}`, transform: `translate(${x} ${y - BOX.height / 2})` }, svg("rect", { ...BOX, rx: 9 }), svg("text", { x: BOX.width / 2, y: 23 }, text));
  return svg("svg", { class: "trackernetz-graph", viewBox: `0 0 ${WIDTH} ${ROW * 6 + 6}`, role: "img", "aria-label": words.day.graph },
    ...read, ...passed,
    ...visits.map(({ site }, at) => box(LEFT, siteY(at), site.name.split(",")[0], "site")),
    ...names.map((name) => box(RIGHT, firmY(name), `${words.firms[name].name} ${knows(name)}/6`, knows(name) ? "firm" : "firm is-idle")));
};
