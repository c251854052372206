// Matching by cards: choose a line and a card, in either order, or drag the card.
//
// The selects stay what is sent; this only sets and shows them. Nothing changes its
// place: a card keeps lying where it was and says with which line it went.

import { draggable, filled, wordsOf } from "../js/moving.js";

// A button over the whole of a line or card, named by what stands on it.
const cover = (...labels) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cover";
  button.setAttribute("aria-labelledby", labels.map((each) => each.id).join(" "));
  return button;
};

class MatchingPairs extends HTMLElement {
  connectedCallback() {
    if (this.lines) return;
    this.lines = [...this.querySelectorAll("[data-line]")];
    this.cards = [...this.querySelectorAll("[data-card]")];
    this.status = this.querySelector("[role=status]");
    this.chosen = null; // a line or a card
    this.lines.forEach((line) => this.#prepareLine(line));
    this.cards.forEach((card) => this.#prepareCard(card));
    this.classList.add("is-live");
    this.addEventListener("click", (event) => this.#press(event));
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("change", () => this.#show());
    draggable(this, {
      from: "[data-card]",
      onto: "[data-line]",
      drop: (card, line) => line && this.#place(line, card),
    });
    this.#show();
    this.#say("start");
  }

  #prepareLine(line) {
    const select = line.querySelector("select");
    const label = line.querySelector("label");
    const slot = document.createElement("div");
    slot.className = "slot";
    slot.id = `${select.id}-s`;
    select.hidden = true;
    select.after(slot);
    line.append(cover(line.querySelector(".badge"), label, slot));
  }

  #prepareCard(card) {
    const text = card.querySelector(".piece-text");
    const note = document.createElement("span");
    note.className = "piece-note";
    note.id = `${text.id}-n`;
    const grip = document.createElement("span");
    grip.className = "grip";
    card.append(note, cover(card.querySelector(".badge"), text, note), grip);
  }

  #cardAt(line) {
    const { value } = line.querySelector("select");
    return this.cards.find((card) => card.dataset.card === value);
  }

  #lineOf(card) {
    return this.lines.find((line) => this.#cardAt(line) === card);
  }

  #show() {
    this.lines.forEach((line) => {
      const card = this.#cardAt(line);
      const slot = line.querySelector(".slot");
      const parts = card
        ? [card.querySelector(".badge"), card.querySelector(".piece-text")].map((part) => {
            const copy = part.cloneNode(true);
            copy.removeAttribute("id");
            return copy;
          })
        : [this.dataset.open];
      slot.replaceChildren(...parts);
      slot.classList.toggle("is-open", !card);
    });
    this.cards.forEach((card) => {
      const line = this.#lineOf(card);
      const number = this.lines.indexOf(line) + 1;
      card.classList.toggle("is-used", Boolean(line));
      card.querySelector(".piece-note").textContent = line
        ? filled(this.dataset.at, { number })
        : "";
    });
    for (const each of [...this.lines, ...this.cards]) {
      each.classList.toggle("is-chosen", each === this.chosen);
      each.querySelector(".cover").ariaPressed = String(each === this.chosen);
    }
  }

  #say(what, line, card) {
    this.status.textContent = filled(this.getAttribute(`data-say-${what}`), {
      line: line && wordsOf(line.querySelector("label")),
      number: this.lines.indexOf(line) + 1,
      letter: card && wordsOf(card.querySelector(".badge")),
      count: this.lines.filter((each) => !this.#cardAt(each)).length,
    });
  }

  #press(event) {
    const part = event.target.closest("[data-line], [data-card]");
    if (!part) return;
    // What comes without a pointer goes on at the other side by itself.
    const isKey = event.detail === 0;
    const other = this.chosen;
    if (other && part.matches("[data-line]") !== other.matches("[data-line]")) {
      const [line, card] = part.matches("[data-line]") ? [part, other] : [other, part];
      if (this.#cardAt(line) === card) this.#remove(line);
      else this.#place(line, card);
      if (isKey) this.#focus(line);
    } else if (other === part) {
      this.#choose(null);
    } else {
      this.#choose(part);
      if (isKey) this.#focus(this.#next(part));
    }
  }

  // Where to go on: the first card or line that is still free.
  #next(part) {
    if (part.matches("[data-card]"))
      return this.lines.find((line) => !this.#cardAt(line)) ?? this.lines[0];
    return this.cards.find((card) => !this.#lineOf(card)) ?? this.cards[0];
  }

  #focus(part) {
    part.querySelector(".cover").focus();
  }

  #choose(part) {
    this.chosen = part;
    this.#show();
    if (!part) this.#say("start");
    else if (part.matches("[data-line]")) this.#say("line", part, null);
    else this.#say("card", null, part);
  }

  #place(line, card) {
    const before = this.#lineOf(card);
    if (before) before.querySelector("select").value = "";
    line.querySelector("select").value = card.dataset.card;
    this.chosen = null;
    this.#show();
    const isFull = this.lines.every((each) => this.#cardAt(each));
    this.#say(isFull ? "full" : "placed", line, card);
  }

  #remove(line) {
    const card = this.#cardAt(line);
    line.querySelector("select").value = "";
    this.chosen = null;
    this.#show();
    this.#say("removed", line, card);
  }

  #key(event) {
    const part = event.target.closest("[data-line], [data-card]");
    if (event.key === "Escape" && this.chosen) {
      event.stopPropagation();
      this.#focus(this.chosen);
      this.#choose(null);
    } else if (["Delete", "Backspace"].includes(event.key)) {
      if (part?.matches("[data-line]") && this.#cardAt(part)) this.#remove(part);
    }
    const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    if (!step || !part) return;
    event.preventDefault();
    const row = part.matches("[data-line]") ? this.lines : this.cards;
    this.#focus(row[(row.indexOf(part) + step + row.length) % row.length]);
  }
}

customElements.define("matching-pairs", MatchingPairs);
