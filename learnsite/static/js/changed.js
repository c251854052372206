// Once an answer is changed, what was said about it before is over: an error goes, and
// a quiet button (data-changed) offers to check again. As long as nothing is changed, that
// button leads back to the question instead of checking the same answer once more.
//
// Modules of exercises set fields without an event of their own, so after whatever
// somebody does the fields are compared with what they held when they were shown.

const shown = new WeakMap(); // form: its fields as shown
const fieldsOf = (form) => new URLSearchParams(new FormData(form)).toString();

export const watch = (root) => {
  for (const form of root.querySelectorAll(".exercise form"))
    if (form.querySelector("[data-until-changed], [data-changed]"))
      shown.set(form, fieldsOf(form));
};

const isUnchanged = (form) => shown.get(form) === fieldsOf(form);

const settle = (form) => {
  if (!shown.has(form) || isUnchanged(form)) return;
  shown.delete(form);
  form.querySelector("[data-until-changed]")?.remove();
  const button = form.querySelector("[data-changed]");
  if (!button) return;
  button.textContent = button.dataset.changed;
  button.classList.remove("is-quiet");
};

// What could be changed; a story at its end has nothing, its button begins it anew.
const firstField = (form) => {
  const fields = [...form.querySelectorAll("fieldset :is(input, select, textarea, button)")];
  return fields.find((each) => each.getClientRects().length);
};

// Before answers.js, which would send it.
addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.querySelector("[data-changed]") || !isUnchanged(form)) return;
    const field = firstField(form);
    if (!field) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    field.focus({ preventScroll: true });
    form.scrollIntoView();
  },
  { capture: true },
);

// After the modules, which listen to the same.
for (const type of ["input", "change", "click", "keydown", "pointerup"])
  addEventListener(
    type,
    ({ target }) => {
      const form = target.closest?.(".exercise form");
      if (form) setTimeout(settle, 0, form);
    },
    { capture: true },
  );

watch(document);
