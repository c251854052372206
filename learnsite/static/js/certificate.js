// A file that is made leaves its page as it was: what was wrong before goes away, and a
// sentence says that the file is on its way.

addEventListener("submit", ({ target: form }) => {
  if (!form.matches("[data-makes-file]") || !form.elements.name.value.trim()) return;
  for (const error of form.querySelectorAll(".error")) error.remove();
  form.elements.name.removeAttribute("aria-invalid");
  form.querySelector("[data-made]").hidden = false;
});
