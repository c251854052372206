// Pure parts of the lab: what each banner is made of, what a click does, how short its
// shortest way out is.
//
// A banner has layers; a layer has controls. A control ends it ("end"), leads to another
// layer ("to"), switches a purpose ("flip"), switches several off ("clear") or does
// nothing. "look" says how it is drawn. A banner with "keys" is met by keyboard: "order"
// is where Tab goes, "traps" that it goes round and never out.

const flips = (look, ...names) => Object.fromEntries(names.map((name) => [name, { flip: name, look }]));
const links = (...names) => Object.fromEntries(names.map((name) => [name, { look: "behind" }]));

const BEHIND = ["start", "catalogue", "account", "hours", "kids", "events", "contact", "imprint"];
const INTEREST = ["measure", "audience", "profile", "partners"];

export const BANNERS = {
  wetter: {
    layers: {
      ask: { refuse: { end: "refused", look: "even" }, accept: { end: "accepted", look: "even" }, choose: { to: "pick", look: "link" } },
      pick: { ...flips("flip", "stats", "ads"), save: { end: "chosen", look: "even" } },
    },
  },
  bote: {
    layers: {
      ask: {
        refuse: { end: "refused", look: "inline" },
        accept: { end: "accepted", look: "main" },
        choose: { to: "pick", look: "faint" },
      },
      pick: { ...flips("flip", "stats", "ads", "social"), accept: { end: "accepted", look: "main" }, save: { end: "chosen", look: "faint" } },
    },
  },
  kaffee: {
    on: ["stats", "ads", "taste"],
    layers: {
      ask: { ...flips("tick", "stats", "ads", "taste"), accept: { end: "accepted", look: "main" }, save: { end: "chosen", look: "plain" } },
    },
  },
  rezepte: {
    layers: {
      ask: { close: { end: "accepted", look: "corner" }, accept: { end: "accepted", look: "main" }, settings: { to: "settings", look: "plain" } },
      settings: { accept: { end: "accepted", look: "main" }, purposes: { to: "purposes", look: "link" }, partners: { to: "partners", look: "link" } },
      partners: { back: { to: "settings", look: "link" }, accept: { end: "accepted", look: "main" } },
      purposes: { ...flips("flip", "stats", "ads"), accept: { end: "accepted", look: "main" }, save: { end: "chosen", look: "faint" } },
    },
  },
  tierheim: {
    layers: {
      ask: { accept: { end: "accepted", look: "main" }, refuse: { to: "sure", look: "faint" } },
      sure: { accept: { end: "accepted", look: "main" }, refuse: { to: "last", look: "faint" } },
      last: { refuse: { end: "refused", look: "plain" }, accept: { end: "accepted", look: "main" } },
    },
  },
  buecherei: {
    keys: { order: [...BEHIND, "accept", "info", "settings", "refuse"], traps: false },
    layers: {
      ask: {
        ...links(...BEHIND),
        accept: { end: "accepted", look: "main" },
        info: { look: "link" },
        settings: { look: "link" },
        refuse: { end: "refused", look: "icon" },
      },
    },
  },
  forum: {
    on: INTEREST,
    layers: {
      ask: { accept: { end: "accepted", look: "main" }, options: { to: "consent", look: "plain" } },
      consent: {
        interests: { to: "interest", look: "link" },
        ...flips("flip", "stats", "ads", "social"),
        accept: { end: "accepted", look: "main" },
        save: { end: "chosen", look: "plain" },
      },
      interest: {
        consents: { to: "consent", look: "link" },
        ...flips("flip", ...INTEREST),
        object: { clear: INTEREST, look: "faint" },
        accept: { end: "accepted", look: "main" },
        save: { end: "chosen", look: "plain" },
      },
    },
  },
  kino: {
    keys: { order: ["accept", "partners", "privacy", "trailer"], traps: true },
    layers: {
      ask: {
        accept: { end: "accepted", look: "main" },
        refuse: { end: "refused", look: "mouse" },
        partners: { look: "link" },
        privacy: { look: "link" },
        trailer: { look: "link" },
      },
    },
  },
};

export const NAMES = Object.keys(BANNERS);

// What refusing costs where it is as easy as agreeing: one click, or Tab and Enter.
export const fairSteps = (name) => (BANNERS[name].keys ? 2 : 1);

const purposes = (name) => {
  const controls = Object.values(BANNERS[name].layers).flatMap((layer) => Object.values(layer));
  return new Set(controls.map(({ flip }) => flip).filter(Boolean));
};

export const begin = (name) => ({ name, layer: "ask", on: BANNERS[name].on ?? [], at: -1, steps: 0, outcome: null });

// Returns the banner after a click on one of its controls.
export const click = (state, id) => {
  const { end, to, flip, clear } = BANNERS[state.name].layers[state.layer][id];
  const next = { ...state, steps: state.steps + 1 };
  if (to) next.layer = to;
  if (flip) next.on = state.on.includes(flip) ? state.on.filter((each) => each !== flip) : [...state.on, flip];
  if (clear) next.on = state.on.filter((each) => !clear.includes(each));
  if (end) next.outcome = end === "chosen" ? chosen(next) : end;
  return next;
};

const chosen = ({ name, on }) => {
  if (!on.length) return "refused";
  return on.length === purposes(name).size ? "accepted" : "partly";
};

// Returns the banner after "tab", "back" or "enter". "at" is -1 while the focus stands
// before the first thing; where the order ends without a trap, it stays at the last.
export const press = (state, key) => {
  const { order, traps } = BANNERS[state.name].keys;
  if (key === "enter") return state.at < 0 ? { ...state, steps: state.steps + 1 } : click(state, order[state.at]);
  const step = key === "tab" ? 1 : -1;
  const next = state.at + step;
  const at = traps ? (next + order.length) % order.length : Math.min(Math.max(next, -1), order.length - 1);
  return { ...state, at: traps && state.at < 0 && step < 0 ? order.length - 1 : at, steps: state.steps + 1 };
};

// Whether the next Tab leads out of the banner.
export const leadsOut = (state, key) => {
  const { order, traps } = BANNERS[state.name].keys;
  return !traps && (key === "tab" ? state.at === order.length - 1 : state.at < 0);
};

export const leave = (state) => ({ ...state, steps: state.steps + 1, outcome: "left" });

// Returns the fewest steps to refuse everything, or null where there is no such way.
export const shortest = (name) => {
  const { keys, layers } = BANNERS[name];
  const moves = (state) =>
    keys ? ["tab", "back", "enter"].map((key) => press(state, key)) : Object.keys(layers[state.layer]).map((id) => click(state, id));
  const seen = new Set();
  let wave = [begin(name)];
  while (wave.length) {
    const ahead = wave.flatMap(moves);
    const done = ahead.find(({ outcome }) => outcome === "refused");
    if (done) return done.steps;
    wave = ahead.filter((state) => {
      const look = JSON.stringify([state.layer, [...state.on].sort(), state.at]);
      if (state.outcome || seen.has(look)) return false;
      return seen.add(look);
    });
  }
  return null;
};

// Returns which purposes that are on were on from the start, and which were switched on.
export const sorted = ({ name, on }) => {
  const preset = BANNERS[name].on ?? [];
  return { kept: on.filter((id) => preset.includes(id)), own: on.filter((id) => !preset.includes(id)) };
};

// Returns what a run adds up to; whoever jumped has left banners out.
export const score = (run) => sumOf(Object.values(run));

const sumOf = (results) => ({
  refused: results.filter(({ outcome }) => outcome === "refused").length,
  left: results.filter(({ outcome }) => outcome === "left").length,
  steps: results.reduce((sum, { steps }) => sum + steps, 0),
  fair: results.reduce((sum, { name }) => sum + fairSteps(name), 0),
  most: Math.max(1, ...results.map(({ steps }) => steps)),
});
