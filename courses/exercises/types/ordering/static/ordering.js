// Ordering by arrows, by Alt and an arrow key, or by dragging.
//
// The selects stay what is sent. What is moved keeps the focus and stays under the
// pointer: its neighbours pass it by, and the page goes along.

import { draggable, filled, glide, wordsOf } from "../js/moving.js";

class OrderingList extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.list = this.querySelector(".ranks");
    this.status = this.querySelector("[role=status]");
    this.querySelector(".how").textContent = this.dataset.how;
    this.querySelectorAll(".ranks-end").forEach((end) => (end.hidden = false));
    this.#ranks.forEach((rank) => this.#prepare(rank));
    this.#restore();
    this.#number();
    this.classList.add("is-live");
    this.addEventListener("click", (event) => {
      const step = Number(event.target.closest(".mover")?.dataset.step);
      if (step) this.#move(event.target.closest("[data-rank]"), step, event.detail > 0);
    });
    this.addEventListener("keydown", (event) => {
      const step = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const rank = event.target.closest("[data-rank]");
      if (!step || !rank) return;
      event.preventDefault();
      this.#move(rank, step, false);
    });
    draggable(this, {
      from: "[data-rank]",
      over: (rank, _place, y) => this.#follow(rank, y),
      drop: (rank) => this.#settle(rank),
      cancel: () => this.#goBack(),
    });
  }

  get #ranks() {
    return [...this.list.children];
  }

  #prepare(rank) {
    const line = rank.querySelector(".rank-line");
    const text = wordsOf(line.querySelector("label"));
    line.append(this.querySelector("template").content.cloneNode(true));
    line.prepend(line.querySelector(".grip"));
    line.querySelector("select").hidden = true;
    const [up, down] = line.querySelectorAll(".mover");
    up.setAttribute("aria-label", filled(this.dataset.up, { text }));
    down.setAttribute("aria-label", filled(this.dataset.down, { text }));
  }

  // Places that were given already, here or before the page was loaded again.
  #restore() {
    const place = (rank) => rank.querySelector("select").value;
    this.isGiven = new Set(this.#ranks.map(place)).size === this.#ranks.length;
    if (this.isGiven)
      this.list.append(...this.#ranks.sort((a, b) => place(a) - place(b)));
  }

  #number() {
    const ranks = this.#ranks;
    ranks.forEach((rank, index) => {
      if (this.isGiven) rank.querySelector("select").value = index;
      rank.querySelector(".badge").textContent = index + 1;
      const [up, down] = rank.querySelectorAll(".mover");
      up.ariaDisabled = String(index === 0);
      down.ariaDisabled = String(index === ranks.length - 1);
    });
  }

  #pass(rank, step) {
    if (step < 0) rank.after(rank.previousElementSibling);
    else rank.before(rank.nextElementSibling);
  }

  #move(rank, step, isPointer) {
    if (!(step < 0 ? rank.previousElementSibling : rank.nextElementSibling)) {
      this.status.textContent = this.dataset.sayEnd;
      return;
    }
    const was = rank.getBoundingClientRect().top;
    glide(this.#ranks, () => {
      this.#pass(rank, step);
      const by = rank.getBoundingClientRect().top - was;
      if (isPointer) scrollBy({ top: by, behavior: "instant" });
      else rank.scrollIntoView({ block: "nearest", behavior: "instant" });
    });
    this.#settle(rank);
  }

  #follow(rank, y) {
    this.orderBefore ??= this.#ranks;
    const top = this.list.getBoundingClientRect().top;
    const middle = (each) => top + each.offsetTop + each.offsetHeight / 2;
    const [above, below] = [rank.previousElementSibling, rank.nextElementSibling];
    const step = above && y < middle(above) ? -1 : below && y > middle(below) ? 1 : 0;
    if (!step) return;
    glide(this.#ranks, () => this.#pass(rank, step));
    this.#number();
  }

  #settle(rank) {
    this.orderBefore = null;
    this.isGiven = true;
    this.#number();
    this.status.textContent = filled(this.dataset.sayMoved, {
      text: wordsOf(rank.querySelector("label")),
      place: this.#ranks.indexOf(rank) + 1,
    });
  }

  #goBack() {
    const before = this.orderBefore;
    this.orderBefore = null;
    if (before) glide(this.#ranks, () => this.list.append(...before));
    this.#number();
  }
}

customElements.define("ordering-list", OrderingList);
