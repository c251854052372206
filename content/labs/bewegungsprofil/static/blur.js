// Less exact, less often: which findings survive, and what the phone is still good for.

import { fillIn, h } from "../labs/kit.js";
import { houseSpots, places } from "../labs/hellingen.js";
import { blurred, comment, couldBe, GRIDS, PACES, sampled, works } from "./clues.js";
import { plan } from "./plan.js";
import { steps } from "./show.js";

// Returns what can be found, with whatever else each could be mistaken for: other houses
// for a home, other places of its kind for a visit.
const findings = ({ cases, extras }) => {
  const spots = houseSpots().map(([x, y]) => ({ x, y }));
  const kin = {
    home: spots, night: spots,
    work: ["klinik", "rathaus", "gewerbe", "gesamtschule", "grundschule", "bibliothek", "supermarkt"].map((id) => places[id]),
    other: ["bad", "bibliothek", "rathaus", "park"].map((id) => places[id]),
  };
  return [...cases, ...extras].map((each) => ({
    ...each,
    place: { id: each.place, ...places[each.place] },
    others: each.others ? each.others.map((id) => places[id]) : (kin[each.id] ?? kin.other),
  }));
};

const slider = (label, names, onchange) => {
  const said = h("span", {}, names[0]);
  const input = h("input", { type: "range", min: 0, max: names.length - 1, value: 0, step: 1, "aria-label": label, "aria-valuetext": names[0] });
  input.addEventListener("input", () => {
    said.textContent = names[input.value];
    input.setAttribute("aria-valuetext", names[input.value]);
    onchange(Number(input.value));
  });
  return h("div", { class: "bewegungsprofil-slider" }, h("span", {}, h("b", {}, label), said), input);
};

export const blurPart = (stage, points) => {
  const words = stage.words.blur;
  const all = findings(stage.words);
  const level = { grid: 0, pace: 0 };
  const map = plan({ label: stage.words.map });
  const rows = h("tbody");
  const apps = h("ul", { class: "bewegungsprofil-apps" });
  const verdict = h("div", { class: "lab-note" });

  const state = (count) => (count === 0 ? words.gone : count === 1 ? words.clear : fillIn(words.several, { count }));
  const update = (isFirst) => {
    const [grid, pace] = [GRIDS[level.grid], PACES[level.pace]];
    const seen = sampled(points, pace);
    map.cells(blurred(seen, Math.max(grid, 60)), Math.max(grid, 60));
    const counts = all.map((each) => couldBe(points, each, grid, pace));
    rows.replaceChildren(...all.map((each, at) =>
      h("tr", { data: { state: Math.min(counts[at], 2) } }, h("th", { scope: "row" }, each.name, h("small", {}, each.certain)), h("td", {}, state(counts[at])))));
    const still = works(grid, pace);
    apps.replaceChildren(...Object.entries(words.app_names).map(([id, name]) =>
      h("li", { data: { kept: still[id] } }, h("span", {}, name), h("b", {}, still[id] ? words.fine : words.broken))));
    const clear = counts.filter((count) => count === 1).length;
    const said = fillIn(words.left, { count: clear, all: all.length });
    const byId = Object.fromEntries(all.map(({ id }, at) => [id, counts[at]]));
    const about = comment(byId, level.grid === GRIDS.length - 1);
    verdict.replaceChildren(h("p", {}, h("strong", {}, said), " ", words[about]));
    finish.hidden = about !== "reached";
    if (!isFirst) stage.say(said);
  };
  const finish = h("p", { class: "bewegungsprofil-onward" }, h("button", { type: "button", class: "button", onclick: () => stage.finish() }, words.finish));

  stage.show(steps(stage.words, 2), h("h2", {}, words.title), h("p", {}, words.intro),
    h("div", { class: "lab-columns is-wide-left" },
      h("div", {}, map.element,
        slider(words.grid, words.grids, (value) => { level.grid = value; update(); }),
        slider(words.pace, words.paces, (value) => { level.pace = value; update(); }),
        verdict, finish),
      h("div", {},
        h("table", { class: "lab-table bewegungsprofil-left" }, h("caption", {}, words.found),
          h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.columns.what), h("th", { scope: "col" }, words.columns.state))), rows),
        h("h3", {}, words.apps), apps, h("p", { class: "muted" }, words.note))));
  update(true);
};
