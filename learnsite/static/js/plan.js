/* If–then plans of next steps: kept on this device, and only after a click. */

import { keptWords } from "./kept.js";

function bind(plan) {
  const id = plan.dataset.plan;
  const template = plan.querySelector("[data-plan-form]");
  if (!id || !template) return;

  const form = template.content.cloneNode(true).querySelector("form");
  const forget = form.querySelector("[data-plan-forget]");
  const status = form.querySelector("[role=status]");
  const fields = { if: form.elements.if, then: form.elements.then };
  const kept = keptWords(`plan:${id}`, fields, forget, status);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    kept.keep();
  });
  forget.addEventListener("click", kept.forget);

  // The lines to write on stay for print.
  const paper = plan.querySelector("[data-plan-paper]");
  paper.classList.add("print-only");
  form.classList.add("no-print");
  paper.before(form);
}

document.querySelectorAll("[data-plan]").forEach(bind);
