// A letter as one sees it, and what can be taken away of it: print, file, copy.

import { h } from "../labs/kit.js";

const NAME = "auskunftwerkstatt";

export const paper = ({ sender, to, day, subject, paragraphs }) =>
  h("div", { class: `${NAME}-paper` },
    h("p", {}, sender), h("p", {}, to), h("p", { class: `${NAME}-day` }, day), h("p", {}, h("strong", {}, subject)),
    ...paragraphs.map((text) => h("p", {}, text)));

// Prints the letter and nothing else.
export const print = (letter) => {
  const sheet = h("div", { class: `${NAME}-print` }, paper(letter));
  document.body.append(sheet);
  window.addEventListener("afterprint", () => sheet.remove(), { once: true });
  window.print();
};

// Hands a file over; it is made here and goes nowhere else.
export const hand = (content, type, download) => {
  const href = URL.createObjectURL(new Blob([content], { type }));
  h("a", { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
};

// Copies a text; where that is not allowed, selects it. Returns whether it was copied.
export const copy = async (text, shown) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(shown);
    return false;
  }
};
