// A room that renews itself: asks every few seconds whether anything is new and replaces
// only the parts that changed. What somebody works in stays; a note says that there is
// something new. The focus is never moved. A place that only tells of something elsewhere
// (data-renew-quiet) never loads the page again: somebody may be writing on it.

import { askWhatIsNew } from "./renewing.js";

const SECONDS = 5;

class Renewed {
  constructor(place) {
    this.place = place;
    this.tag = place.dataset.tag;
    this.note = document.querySelector("[data-renew-note]");
    this.said = document.querySelector("[data-renew-said]");
    this.known = new Map();
    for (const part of this.#parts(place)) this.known.set(part.dataset.part, part.innerHTML);
    this.timer = setInterval(() => document.hidden || this.renew(), SECONDS * 1000);
  }

  async renew() {
    const { response, isOver } = await askWhatIsNew(this.place.dataset.renew, this.tag);
    if (isOver) return this.#end();
    if (!response) return;
    const fresh = document.createElement("div");
    fresh.innerHTML = await response.text(); // our own page, from our own address
    this.tag = response.headers.get("ETag") ?? "";
    for (const part of this.#parts(fresh)) this.#take(part);
  }

  #parts(root) {
    return root.querySelectorAll("[data-part]");
  }

  #take(fresh) {
    const name = fresh.dataset.part;
    const { innerHTML } = fresh;
    if (this.known.get(name) === innerHTML) return;
    const old = this.place.querySelector(`[data-part="${name}"]`);
    this.known.set(name, innerHTML);
    if (isInUse(old)) {
      if (this.note) this.note.hidden = false;
      return;
    }
    old.replaceChildren(...fresh.childNodes);
    for (const { dataset } of old.querySelectorAll("[data-module]")) import(dataset.module);
    if (this.said && name === "now") this.#say();
  }

  // Emptied first: the same words twice would not be read out again.
  #say() {
    this.said.textContent = "";
    setTimeout(() => (this.said.textContent = this.said.dataset.words), 200);
  }

  // The room is over: its page says so.
  #end() {
    clearInterval(this.timer);
    if ("renewQuiet" in this.place.dataset) return;
    if (isInUse(this.place)) this.note.hidden = false;
    else location.reload();
  }
}

const isInUse = (part) =>
  part.contains(document.activeElement) || part.querySelector("input:checked") !== null;

for (const place of document.querySelectorAll("[data-renew]")) new Renewed(place);
