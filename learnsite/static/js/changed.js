// Once an answer is changed, what was said about it before is over: an error goes, and
// a quiet button (data-changed) offers to check again.
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

const settle = (form) => {
  if (!shown.has(form) || shown.get(form) === fieldsOf(form)) return;
  shown.delete(form);
  form.querySelector("[data-until-changed]")?.remove();
  const button = form.querySelector("[data-changed]");
  if (!button) return;
  button.textContent = button.dataset.changed;
  button.classList.remove("is-quiet");
};

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
