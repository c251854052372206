// A field for one's own thoughts: kept on this device after a click, printed alone.

import { keptWords } from "../js/kept.js";

class KeptText extends HTMLElement {
  connectedCallback() {
    const find = (name) => this.querySelector(`[${name}]`);
    const text = this.querySelector("textarea");
    const status = this.querySelector("[role=status]");
    const kept = keptWords(this.dataset.key, { text }, find("data-forget"), status);

    for (const part of this.querySelectorAll("[data-with-script]")) part.hidden = false;
    find("data-without-script").hidden = true;
    find("data-keep").addEventListener("click", kept.keep);
    find("data-forget").addEventListener("click", kept.forget);
    find("data-print-text").addEventListener("click", () => this.print());
    text.addEventListener("input", () => {
      status.textContent = "";
    });
    // Paper shows all of the text, however long it is.
    this.beforePrint = () => {
      const printed = find("data-printed");
      printed.textContent = text.value;
      printed.hidden = !text.value.trim();
      text.classList.toggle("no-print", !printed.hidden);
    };
    addEventListener("beforeprint", this.beforePrint);
  }

  disconnectedCallback() {
    removeEventListener("beforeprint", this.beforePrint);
  }

  print() {
    const section = this.closest("section");
    section.dataset.printing = "";
    addEventListener("afterprint", () => delete section.dataset.printing, {
      once: true,
    });
    print();
  }
}

if (!customElements.get("kept-text")) customElements.define("kept-text", KeptText);
