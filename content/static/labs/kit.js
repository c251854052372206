// What all labs share: a stage above the text version, an ending, words, a voice.
//
// A lab's module calls play(name, start). start gets a stage for each place where the lab
// stands on the page, and again after "start again". Nothing here sends or stores.

// Where the languages of the site are spoken: dates look different elsewhere.
const REGIONS = { de: "de-DE", en: "en-GB" };
const PAUSE = 10_000; // ms between two announcements, so that they can be listened to

// Makes an element: h("button", { type: "button", onclick }, "Weiter"). A property that
// the element has is set as one, everything else as an attribute; false leaves it out.
export const h = (tag, given = {}, ...children) => {
  const element = document.createElement(tag);
  dress(element, given, children);
  return element;
};

// The same for drawings.
export const svg = (tag, given = {}, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(given))
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value);
  element.append(...shown(children));
  return element;
};

const dress = (element, given, children) => {
  for (const [name, value] of Object.entries(given)) {
    if (value === false || value == null) continue;
    if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "style") for (const [k, v] of Object.entries(value)) element.style.setProperty(k, v);
    else if (name in element && !name.includes("-") && name !== "role") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...shown(children));
};

// A part that is false or missing is left out: h("p", {}, isNew && "Neu").
const shown = (parts) => parts.flat().filter((part) => part != null && part !== false);

// Fills "{count} von {all}" with values.
export const fillIn = (pattern, values = {}) =>
  pattern.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

// Numbers that look random and are the same each time (mulberry32).
export const dice = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

export const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// A live region that speaks at most every ten seconds: what came last is said.
class Voice {
  constructor(region) {
    Object.assign(this, { region, isPaused: false, last: -Infinity, waiting: null });
  }

  say(text) {
    this.text = text;
    if (this.isPaused || this.waiting) return;
    const rest = this.last + PAUSE - performance.now();
    if (rest <= 0) this.#speak();
    else this.waiting = setTimeout(() => this.#speak(), rest);
  }

  pause(isPaused) {
    this.isPaused = isPaused;
    if (isPaused) this.drop();
  }

  // What waits to be said, and what was said last, belongs to a part that is gone.
  drop() {
    clearTimeout(this.waiting);
    this.waiting = null;
    this.last = -Infinity;
    this.region.textContent = "";
  }

  #speak() {
    this.waiting = null;
    this.last = performance.now();
    this.region.textContent = this.text;
  }
}

// One lab on one page. "root" is the section; what the lab shows goes into "board".
class Stage {
  constructor(root, start) {
    this.root = root;
    this.start = start;
    this.words = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    this.ending = root.nextElementSibling?.matches("[data-lab-ending]")
      ? root.nextElementSibling
      : null;
    this.board = h("div", { class: "lab-board" });
    const region = h("p", { class: "visually-hidden", role: "status" });
    this.voice = new Voice(region);
    this.#foldText();
    root.prepend(this.board, region);
    root.append(this.#tools());
    root.classList.add("is-live");
    this.#begin();
  }

  // The language of the words, as Intl wants it.
  get language() {
    const { lang } = this.root.closest("[lang]");
    return REGIONS[lang] ?? lang;
  }

  // Announces what changed; what somebody asked for is better told by moving the focus.
  say(text) {
    this.voice.say(text);
  }

  // Shows one part in place of what is there. The heading gets the focus, except at first.
  show(...parts) {
    const isFirst = !this.board.childElementCount;
    this.voice.drop();
    this.board.replaceChildren(...shown(parts));
    if (isFirst) return;
    const heading = this.board.querySelector("h2, h3, [data-focus]");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "nearest", behavior: isCalm() ? "instant" : "smooth" });
  }

  // The lab is played to its end: what it means comes into view. "decision" names one of
  // the options of its words; the page around may offer it to others, after a click.
  finish(decision) {
    if (!this.ending) return;
    const isNew = this.ending.hidden;
    this.ending.hidden = false;
    this.ending.focus({ preventScroll: true });
    this.ending.scrollIntoView({ block: "start", behavior: isCalm() ? "instant" : "smooth" });
    if (!isNew) return;
    this.root.dispatchEvent(new CustomEvent("labdone", { bubbles: true, detail: { decision } }));
  }

  #begin() {
    if (this.ending) this.ending.hidden = true;
    this.voice.drop();
    this.board.replaceChildren();
    this.start(this);
  }

  #foldText() {
    const text = this.root.querySelector("[data-lab-text]");
    const details = h("details", { class: "more lab-as-text" }, h("summary", {}, this.root.dataset.asText));
    text.replaceWith(details);
    details.append(text);
  }

  #tools() {
    const { again, quiet, loud } = this.root.dataset;
    const restart = h("button", { type: "button", class: "link-button" }, again);
    restart.addEventListener("click", () => {
      this.#begin();
      const first = this.board.querySelector("h2, h3, [data-focus]") ?? this.board;
      first.tabIndex = -1;
      first.focus();
    });
    const hush = h("button", { type: "button", class: "link-button" }, quiet);
    hush.addEventListener("click", () => {
      this.voice.pause(!this.voice.isPaused);
      hush.textContent = this.voice.isPaused ? loud : quiet;
    });
    return h("div", { class: "lab-tools" }, restart, hush);
  }
}

// Plays a lab wherever it stands on this page.
export const play = (name, start) => {
  for (const root of document.querySelectorAll(`[data-lab="${name}"]:not(.is-live)`))
    new Stage(root, start);
};
