// A board that renews itself: asks every few seconds whether anything is new, replaces
// only the cells that changed, and leaves focus and scrolling alone. What comes fresh is
// announced ("board:renewed") before it is taken, to whoever adds something to it. A
// note says that it renews itself, and when it does so no more.

import { askWhatIsNew } from "./renewing.js";

const SECONDS = 8;

class Renewed {
  constructor(board) {
    this.board = board;
    this.tag = "";
    this.note = document.querySelector("[data-board-note]");
    this.note?.removeAttribute("hidden");
    this.timer = setInterval(() => document.hidden || this.renew(), SECONDS * 1000);
    for (const button of document.querySelectorAll("[data-board-show]")) {
      button.addEventListener("click", () => this.#change(button));
    }
  }

  // Show another part of the board without leaving the page.
  #change(button) {
    for (const each of document.querySelectorAll("[data-board-show]")) {
      each.setAttribute("aria-pressed", String(each === button));
    }
    this.board.dataset.board = button.dataset.boardShow;
    this.tag = "";
    this.renew();
  }

  async renew() {
    const address = this.board.dataset.board;
    const { response, isOver } = await askWhatIsNew(address, this.tag);
    const html = await response?.text();
    if (address !== this.board.dataset.board) return; // another part was asked for since
    if (isOver) return this.#end();
    if (!response) return;
    const fresh = document.createElement("div");
    fresh.innerHTML = html; // our own page, from our own address
    this.tag = response.headers.get("ETag") ?? "";
    this.board.dispatchEvent(new CustomEvent("board:renewed", { detail: fresh }));
    this.#take(fresh);
  }

  #end() {
    clearInterval(this.timer);
    if (this.note) this.note.textContent = this.note.dataset.over;
  }

  #take(fresh) {
    const before = this.board.querySelectorAll("td, th");
    const after = fresh.querySelectorAll("td, th");
    const isSame = before.length === after.length && this.#notes(this.board) === this.#notes(fresh);
    if (!isSame) return this.#replaceAll(fresh);
    before.forEach((cell, index) => {
      if (cell.outerHTML !== after[index].outerHTML) cell.replaceWith(after[index]);
    });
  }

  #replaceAll(fresh) {
    const region = () => this.board.querySelector("[role=region]");
    const { scrollLeft = 0 } = region() ?? {};
    const hadFocus = region()?.contains(document.activeElement);
    this.board.replaceChildren(...fresh.children);
    if (!region()) return;
    region().scrollLeft = scrollLeft;
    if (hadFocus) region().focus({ preventScroll: true });
  }

  // What stands around the table, as text.
  #notes(root) {
    return [...root.children].filter((each) => !each.querySelector("table")).map((each) => each.textContent.trim()).join("|");
  }
}

for (const board of document.querySelectorAll("[data-board]")) new Renewed(board);
