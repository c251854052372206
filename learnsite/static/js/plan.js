/* If–then plans of next steps: kept on this device, and only after a click. */

const keyOf = (id) => `plan:${id}`;

function read(id) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(id)));
  } catch {
    return null;
  }
}

function bind(plan) {
  const id = plan.dataset.plan;
  const template = plan.querySelector("[data-plan-form]");
  if (!id || !template) return;

  const form = template.content.cloneNode(true).querySelector("form");
  const forget = form.querySelector("[data-plan-forget]");
  const status = form.querySelector("[role=status]");
  const say = (what) => {
    status.textContent = status.dataset[what];
  };

  const kept = read(id);
  if (kept) {
    form.elements.if.value = kept.if ?? "";
    form.elements.then.value = kept.then ?? "";
    forget.hidden = false;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = { if: form.elements.if.value, then: form.elements.then.value };
    try {
      localStorage.setItem(keyOf(id), JSON.stringify(value));
      forget.hidden = false;
      say("kept");
    } catch {
      say("failed");
    }
  });

  forget.addEventListener("click", () => {
    localStorage.removeItem(keyOf(id));
    form.reset();
    forget.hidden = true;
    say("forgotten");
    form.elements.if.focus();
  });

  // The lines to write on stay for print.
  const paper = plan.querySelector("[data-plan-paper]");
  paper.classList.add("print-only");
  form.classList.add("no-print");
  paper.before(form);
}

document.querySelectorAll("[data-plan]").forEach(bind);
