// Cookie-Parcours: eight banners, one task. Each banner is a made-up page with a region
// that is bad on purpose; everything around it is not.

import { fillIn, h, play, svg } from "../labs/kit.js";
import { BANNERS, NAMES, begin, click, fairSteps, leadsOut, leave, press, score, shortest, sorted } from "./banners.js";

const KEYS = { Tab: "tab", Enter: "enter", " ": "enter" };
const MARKS = { refused: "✓", partly: "◐", accepted: "✗", left: "→" };

// What each page is about, in one stroke.
const SIGNS = {
  wetter: "M14 22a6 6 0 1 1 11-3 5 5 0 1 1 1 10H12a4 4 0 0 1 2-7zM14 32l-2 5M21 32l-2 5",
  bote: "M8 10h20v22H11a3 3 0 0 1-3-3zM28 16h5v13a3 3 0 0 1-3 3M12 15h12M12 20h5M12 25h5M20 20h4v5h-4z",
  kaffee: "M9 16h18v9a7 7 0 0 1-7 7h-4a7 7 0 0 1-7-7zM27 18h3a4 4 0 0 1 0 8h-3M14 12c-2-2 2-3 0-5M21 12c-2-2 2-3 0-5",
  rezepte: "M6 20h24a12 9 0 0 1-24 0zM30 20l6-6M13 15c-2-3 2-3 0-6M21 15c-2-3 2-3 0-6",
  tierheim: "M20 21c5 0 9 5 7 9-1 3-4 1-7 1s-6 2-7-1c-2-4 2-9 7-9zM9 18v2M15 10v3M25 10v3M31 18v2",
  buecherei: "M20 13c-4-3-9-3-13-2v20c4-1 9-1 13 2 4-3 9-3 13-2V11c-4-1-9-1-13 2zM20 13v20",
  forum: "M7 10h26v17H19l-7 6v-6H7zM20 14v9M15.5 18.5h9",
  kino: "M6 13h28v5a3 3 0 0 0 0 6v5H6v-5a3 3 0 0 0 0-6zM15 14v2M15 20v2M15 26v2",
};

const sign = (name) =>
  svg("svg", { class: "cookieparcours-sign", viewBox: "0 0 40 40", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: SIGNS[name], fill: "none", stroke: "currentColor", "stroke-width": 2.5, "stroke-linecap": "round", "stroke-linejoin": "round" }));

const steps = (words, count) => (count === 1 ? words.result.one_step : fillIn(words.result.some_steps, { count }));
const nameOf = (item, id) => item.names?.[id] ?? (item.labels[id] || "");
const labelOf = (item, layer, id) => item.labels[layer]?.[id] ?? item.labels[id];

// --- Drawing a banner ----------------------------------------------------------------

// Returns the box of one layer. "act" gets the control that was used; "numbers" says
// which trick sits on which control, when the box is looked at afterwards.
const box = (item, layer, { state, act, numbers = {} }) => {
  const controls = BANNERS[item.name].layers[layer];
  const order = BANNERS[item.name].keys?.order;
  const { title, text, after } = item.layers[layer];

  const control = ([id, { look, flip }]) => {
    const mark = numbers[id] && h("b", { class: "cookieparcours-mark" }, numbers[id]);
    const label = labelOf(item, layer, id);
    if (flip)
      return h("label", { class: `cookieparcours-flip is-${look}` },
        h("input", { type: "checkbox", checked: state.on.includes(flip), onchange: () => act(id) }), h("span", {}, label), mark);
    if (order && !order.includes(id)) return h("span", { class: `cookieparcours-control is-${look}` }, label, mark);
    const wants = (event) => act(id, event);
    // A link runs with its line, which is what hides it.
    if (look === "inline")
      return h("a", { href: "#", role: "button", class: `cookieparcours-control is-${look}`, onclick: (event) => { event.preventDefault(); wants(event); } }, label, mark);
    return h("button", {
      type: "button",
      class: `cookieparcours-control is-${look}`,
      tabIndex: order ? -1 : 0,
      "aria-label": item.names?.[id],
      data: { id },
      onclick: wants,
    }, label, mark);
  };
  const drawn = (...looks) => Object.entries(controls).filter(([, { look }]) => looks.includes(look)).map(control);
  const part = (name, list) => list.length > 0 && h("div", { class: `cookieparcours-${name}` }, ...list);

  return [
    part("behind", drawn("behind")),
    h("div", { class: "cookieparcours-box" },
      ...drawn("corner"),
      h("p", { class: "cookieparcours-ask", tabIndex: -1 }, title),
      h("p", {}, text, ...(after ? [" ", ...drawn("inline"), after] : [])),
      part("flips", drawn("flip", "tick")),
      part("buttons", drawn("main", "even", "plain", "faint", "mouse", "icon")),
      part("links", drawn("link"))),
  ].filter(Boolean);
};

const frame = (item, ...inside) =>
  h("div", { class: `cookieparcours-frame is-${item.name}` },
    h("div", { class: "cookieparcours-bar", "aria-hidden": "true" }, sign(item.name), h("span", {}, item.site)),
    h("div", { class: "cookieparcours-view" },
      h("div", { class: "cookieparcours-page", "aria-hidden": "true" },
        h("b", {}, item.page.head), ...item.page.lines.map((line) => h("span", {}, line)), h("i"), h("i"), h("i")),
      ...inside));

const trail = (run, current) =>
  h("ol", { class: "cookieparcours-trail" }, ...run.items.map((item, index) => {
    const outcome = run.results[index]?.outcome;
    return h("li", { class: outcome ? `is-${outcome}` : "", "aria-current": index === current && "step" },
      h("span", { "aria-hidden": "true" }, outcome ? MARKS[outcome] : index + 1),
      h("span", { class: "visually-hidden" }, `${item.site}${outcome ? `: ${run.words.result[outcome]}` : ""}`));
  }));

const goTo = (element) => {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
};

// --- Playing a banner ----------------------------------------------------------------

const playBanner = (stage, run, index) => {
  const words = run.words.play;
  const item = run.items[index];
  const keys = BANNERS[item.name].keys;
  let state = begin(item.name);

  const region = h("div", {
    role: "region",
    data: { labSpecimen: "" },
    class: `cookieparcours-banner${keys ? " is-by-keys" : ""}`,
    "aria-label": fillIn(words.region, item),
    tabIndex: keys ? 0 : false,
  });
  const counter = h("p", { class: "cookieparcours-count" });
  const where = h("p", { class: "cookieparcours-where", hidden: true });
  const exit = h("button", { type: "button", class: "button is-quiet is-small", onclick: () => move(leave(state)) }, words.leave);
  const count = () => {
    counter.textContent = fillIn(keys ? words.keys_steps : words.steps, { count: state.steps });
    const id = keys?.order[state.at];
    where.textContent = id ? fillIn(words.where, { label: nameOf(item, id) }) : words.nowhere;
  };

  const draw = (withFocus) => {
    region.replaceChildren(...box(item, state.layer, { state, act }));
    if (withFocus) goTo(region.querySelector(".cookieparcours-ask"));
  };
  // In a banner for keys nothing shows that a key did nothing, so it is said.
  const tell = (text) => {
    note.hidden = !text;
    note.textContent = text;
    if (text) stage.say(text);
  };
  const answer = (next) => {
    move(next);
    if (keys && !state.outcome) tell(words.no_answer);
  };
  const move = (next) => {
    const isRedrawn = next.layer !== state.layer || Math.abs(next.on.length - state.on.length) > 1;
    state = next;
    count();
    if (state.outcome) showResult(stage, run, index, state);
    else if (isRedrawn) draw(true);
  };
  const act = (id, event) => {
    // What a reading program presses counts; a mouse does not get through.
    if (keys && event.detail > 0) return tell(words.no_mouse);
    answer(keys ? click({ ...state, at: keys.order.indexOf(id) }, id) : click(state, id));
  };

  const note = h("p", { class: "lab-note", hidden: true });
  const stand = () => {
    for (const each of region.querySelectorAll(".is-here")) each.classList.remove("is-here");
    const element = state.at < 0 ? region : region.querySelector(`[data-id="${keys.order[state.at]}"]`);
    if (state.at >= 0) element.classList.add("is-here");
    goTo(element);
  };
  const strike = (key) => {
    tell("");
    if (key === "enter") answer(press(state, key));
    else move(press(state, key));
    if (!state.outcome) stand();
  };
  if (keys)
    region.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        exit.focus();
      }
      const key = event.key === "Tab" && event.shiftKey ? "back" : KEYS[event.key];
      if (!key || event.altKey || event.ctrlKey || event.metaKey || (key !== "enter" && leadsOut(state, key))) return;
      event.preventDefault();
      if (!event.repeat || key !== "enter") strike(key);
    });
  if (keys) region.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    tell(words.no_mouse);
  });

  const pad = keys && h("div", { class: "cookieparcours-pad", role: "group", "aria-label": words.keys_pad },
    ...["back", "tab", "enter"].map((key) => h("button", {
      type: "button",
      class: "lab-choice",
      tabIndex: -1,
      onpointerdown: (event) => event.preventDefault(),
      onclick: () => strike(key),
    }, words.keys[key])));
  const lamp = keys && h("button", {
    type: "button",
    class: "link-button",
    onclick: ({ target }) => {
      const isLit = region.classList.toggle("is-lit");
      where.hidden = !isLit;
      target.textContent = isLit ? words.keys_hide : words.keys_show;
    },
  }, words.keys_show);

  count();
  draw(false);
  stage.show(
    trail(run, index),
    h("h2", {}, fillIn(words.title, { number: index + 1, site: item.site })),
    h("p", { class: "cookieparcours-task" }, words.task),
    ...(keys ? [
      h("p", {}, words.keys_intro),
      h("p", {}, h("strong", {}, words.keys_exit)),
      h("p", {}, h("button", { type: "button", class: "button is-small", onclick: () => goTo(region) }, words.keys_go)),
    ] : []),
    frame(item, region),
    ...(keys ? [pad, note] : []),
    h("div", { class: "cookieparcours-tools" }, counter, exit, lamp),
    ...(keys ? [where] : []),
    h("details", { class: "more" }, h("summary", {}, words.twin), h("p", {}, item.twin)),
  );
};

// --- What happened, and how ----------------------------------------------------------

// What is said about the outcome: what somebody switched on was not the banner's doing.
const said = (item, { said: lines }, state) => {
  const names = (ids) => ids.map((id) => fillIn(lines.quoted, { label: labelOf(item, state.layer, id) })).join(", ");
  if (state.outcome !== "partly") return lines[state.outcome];
  const { kept, own } = sorted(state);
  const parts = [[lines.partly, kept], [lines.own, own]].filter(([, ids]) => ids.length);
  return parts.map(([line, ids]) => fillIn(line, { list: names(ids) })).join(" ");
};

const position = (words, { kind, text }) =>
  h("li", {}, h("b", { class: `cookieparcours-kind is-${kind}` }, words.kinds[kind]), " ", text);

// Where the tricks sit: numbers by layer and control.
const numbered = (item) => {
  const layers = BANNERS[item.name].layers;
  const found = {};
  item.tricks.forEach(({ at }, index) => at.forEach((place) => {
    const [id, given] = place.split(".").reverse();
    const layer = given ?? Object.keys(layers).find((name) => id in layers[name]);
    found[layer] = { ...found[layer], [id]: index + 1 };
  }));
  return found;
};

const showResult = (stage, run, index, state) => {
  const words = run.words;
  const { result } = words;
  const item = run.items[index];
  const best = shortest(item.name);
  run.results[index] = state;
  const isLast = index === run.items.length - 1;
  const values = { steps: steps(words, state.steps), best: best && steps(words, best), fair: steps(words, fairSteps(item.name)) };
  const built = Object.entries(numbered(item)).map(([layer, numbers]) =>
    h("div", { class: "cookieparcours-banner" }, ...box(item, layer, { state: begin(item.name), act: () => {}, numbers })));
  // Ahead of the picture: on a phone that comes last and is long.
  const onward = h("p", { class: "cookieparcours-onward" },
    h("button", { type: "button", class: "button", onclick: () => (isLast ? showScore(stage, run) : playBanner(stage, run, index + 1)) },
      isLast ? result.to_score : fillIn(result.next, { number: index + 2 })),
    h("button", { type: "button", class: "button is-quiet", onclick: () => playBanner(stage, run, index) }, result.again));

  stage.show(
    trail(run, index),
    h("h2", { class: `cookieparcours-outcome is-${state.outcome}` }, h("span", { "aria-hidden": "true" }, MARKS[state.outcome]), " ", result[state.outcome]),
    h("p", {}, said(item, result, state)),
    h("p", {}, fillIn(best ? result.count : result.count_none, values)),
    h("div", { class: "lab-columns" },
      h("div", {}, h("h3", {}, item.is_fair ? result.fine : result.tricks),
        h("ol", { class: "cookieparcours-tricks" }, ...item.tricks.map((trick) =>
          h("li", {}, h("b", {}, trick.name), h("p", {}, trick.what), h("ul", { class: "cookieparcours-positions" }, ...trick.positions.map((each) => position(words, each)))))), onward),
      h("div", {}, h("h3", {}, result.built), h("p", {}, item.twin),
        h("div", { class: "cookieparcours-built", inert: true, "aria-hidden": "true" }, frame(item, h("div", { class: "cookieparcours-layers" }, ...built))))),
  );
};

// --- The sheet -----------------------------------------------------------------------

const showScore = (stage, run) => {
  const words = run.words;
  const sums = score(run.results);
  const row = (state, index) => {
    const best = shortest(state.name);
    return h("li", { class: `lab-meter is-${state.outcome}` },
      h("span", {}, h("span", {}, `${index + 1}. ${run.items[index].site}`),
        h("strong", {}, h("span", { "aria-hidden": "true" }, MARKS[state.outcome]), " ",
          fillIn(words.score.row, { steps: steps(words, state.steps), outcome: words.result[state.outcome] }))),
      h("span", { class: `lab-bar${state.outcome === "refused" ? "" : " is-low"}`, "aria-hidden": "true" }, h("span", { style: { "--part": state.steps / sums.most } })),
      h("span", { class: "muted" }, best ? fillIn(words.score.best, { best: steps(words, best) }) : words.score.no_way));
  };
  stage.show(
    trail(run),
    h("h2", {}, words.score.title),
    h("p", {}, h("span", { class: "lab-figure" }, sums.refused), " ", words.score.refused),
    h("p", {}, fillIn(words.score.effort, sums)),
    h("div", { class: "lab-columns" },
      h("div", {}, h("h3", {}, words.score.sheet), h("ol", { class: "cookieparcours-sheet" }, ...run.results.map(row))),
      h("div", {},
        h("h3", {}, words.score.law_title),
        h("ul", { class: "cookieparcours-positions" }, ...words.score.law.map((each) => position(words, each))),
        h("h3", {}, words.score.do_title),
        h("ul", {}, ...words.score.do.map((line) => h("li", {}, line))),
        h("p", { class: "lab-note" }, words.score.none))),
    h("p", {}, h("button", { type: "button", class: "button", onclick: () => stage.finish() }, words.score.finish)),
  );
};

play("cookieparcours", (stage) => {
  const words = stage.words;
  const run = { words, results: [], items: NAMES.map((name) => words.banners.find((item) => item.name === name)) };
  stage.show(
    h("h2", {}, words.intro.title),
    h("p", {}, words.intro.text),
    h("p", {}, h("button", { type: "button", class: "button is-big", onclick: () => playBanner(stage, run, 0) }, words.intro.go)),
    h("p", { class: "lab-note" }, words.intro.warning),
    h("p", {}, words.intro.stops),
    h("ol", { class: "cookieparcours-stops" }, ...run.items.map((item, index) =>
      h("li", { class: `is-${item.name}` },
        h("button", { type: "button", onclick: () => playBanner(stage, run, index) }, sign(item.name), h("span", {}, item.site))))),
  );
});
