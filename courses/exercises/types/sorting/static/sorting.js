// Sorting by cards: one lies on top, a button for each category puts it there; a sorted
// card that is chosen comes back on top. Dragging does the same.
//
// The radio buttons on the cards stay what is sent: a card in a box has its one checked,
// a card on the pile none.

import { draggable, filled, glide, wordsOf } from "../js/moving.js";

class SortingCards extends HTMLElement {
  connectedCallback() {
    if (this.pile) return;
    this.pile = this.querySelector(".sortables");
    this.cards = [...this.pile.children];
    this.append(this.querySelector("template").content.cloneNode(true));
    this.stage = this.querySelector(".stage");
    this.heading = this.querySelector(".stage-title");
    this.targets = [...this.querySelectorAll(".target")];
    this.boxes = [...this.querySelectorAll(".sort-box")];
    this.later = this.querySelector(".later");
    this.status = this.querySelector("[role=status]");
    this.heading.after(this.pile);
    this.cards.forEach((card) => this.#prepare(card));
    this.taken = null; // a card taken out of a box, and the number of that box
    this.classList.add("is-live");
    this.classList.toggle("is-done", !this.pile.children.length);
    this.addEventListener("click", (event) => this.#press(event));
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.taken) return;
      event.stopPropagation();
      const { card, number } = this.taken;
      this.#put(card, number);
      card.querySelector(".cover").focus();
    });
    draggable(this, {
      from: "[data-card]",
      onto: "[data-category]",
      drop: (card, place) => place && this.#put(card, Number(place.dataset.category)),
    });
    this.#show();
  }

  #prepare(card) {
    const choices = card.querySelector(".choices");
    const grip = document.createElement("span");
    const cover = document.createElement("button");
    grip.className = "grip";
    cover.type = "button";
    cover.className = "cover";
    cover.setAttribute("aria-labelledby", card.querySelector("legend").id);
    choices.hidden = true;
    choices.after(cover, grip);
    const number = [...card.querySelectorAll("input")].findIndex((each) => each.checked);
    if (number >= 0) this.#listOf(number).append(card);
  }

  #listOf(number) {
    return this.boxes[number].querySelector("ul");
  }

  #press(event) {
    const target = event.target.closest(".target");
    const card = event.target.closest(".sort-box [data-card]");
    const top = this.pile.firstElementChild;
    if (target && top) this.#put(top, Number(target.dataset.category));
    else if (event.target.closest(".later") && top) this.#postpone(top);
    else if (event.target.closest(".cover") && card) this.#take(card);
  }

  #move(change) {
    glide([...this.cards], change);
    this.#show();
  }

  #put(card, number) {
    // What stands below keeps its place when a long card leaves the pile.
    this.pile.style.minBlockSize = `${this.pile.offsetHeight}px`;
    this.#move(() => {
      card.querySelectorAll("input")[number].checked = true;
      this.#listOf(number).append(card);
      this.taken = null;
    });
    const next = this.pile.firstElementChild;
    this.#say(next ? "Placed" : "Last", card, {
      category: wordsOf(this.boxes[number].querySelector(".sort-box-title")),
      next: next && wordsOf(next.querySelector("legend")),
    });
  }

  #take(card) {
    const number = this.boxes.indexOf(card.closest(".sort-box"));
    this.classList.remove("is-done");
    this.#move(() => {
      card.querySelectorAll("input")[number].checked = false;
      this.pile.prepend(card);
      this.taken = { card, number };
    });
    this.targets[number].focus({ preventScroll: true });
    this.#say("Taken", card);
  }

  #postpone(card) {
    this.pile.append(card);
    this.taken = null;
    this.#show();
    this.#say("Taken", this.pile.firstElementChild);
  }

  #show() {
    const open = this.pile.children.length;
    const top = this.pile.firstElementChild;
    const isDone = this.classList.contains("is-done");
    this.heading.textContent = open
      ? filled(this.dataset.title, { count: open })
      : this.dataset[isDone ? "done" : "full"];
    for (const card of this.cards) card.inert = card.parentElement === this.pile && card !== top;
    this.targets.forEach((target, number) => {
      target.ariaDisabled = String(!open);
      target.querySelector(".badge").textContent = this.#listOf(number).children.length;
      target.parentElement.setAttribute("aria-labelledby", top?.querySelector("legend").id ?? "");
    });
    this.later.ariaDisabled = String(open < 2);
  }

  #say(what, card, words) {
    const text = wordsOf(card.querySelector("legend"));
    this.status.textContent = filled(this.dataset[`say${what}`], { text, ...words });
  }
}

customElements.define("sorting-cards", SortingCards);
