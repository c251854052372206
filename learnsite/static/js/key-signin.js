// Fills in the key that stands behind "#" in the address of a card, and hides the
// words on sending, so that a password manager offers to keep them. Where the line is too
// short for six words, it repeats them below, each with its number as on the card.
// Bound by data-key-form (form; "once" forgets the words when somebody comes back),
// data-key-field (its input) and data-key-words (the list below).

for (const form of document.querySelectorAll("[data-key-form]")) {
  const field = form.querySelector("[data-key-field]");
  const list = form.querySelector("[data-key-words]");
  const repeat = () => repeatWords(field, list);

  fillFromAddress(field);
  window.addEventListener("hashchange", () => {
    fillFromAddress(field);
    repeat();
  });
  field.addEventListener("input", repeat);
  window.addEventListener("resize", repeat);
  form.addEventListener("submit", () => {
    field.type = "password";
    list.hidden = true;
  });
  // Coming back with the browser's button, the words can be read and mended again.
  window.addEventListener("pageshow", (event) => {
    field.type = "text";
    if (event.persisted && form.dataset.keyForm === "once") field.value = "";
    repeat();
  });
}

function repeatWords(field, list) {
  const words = field.value.split("#").pop().match(/\p{L}+/gu) ?? [];
  list.replaceChildren(
    ...words.map((word) => {
      const item = document.createElement("li");
      item.textContent = word;
      return item;
    }),
  );
  list.hidden = field.scrollWidth <= field.clientWidth;
}

function fillFromAddress(field) {
  const words = wordsIn(location.hash);
  if (!words) return;
  field.value = words;
  // The key must stay neither in the address bar nor in the history.
  history.replaceState(null, "", location.pathname + location.search);
  field.form.querySelector("[type=submit]").focus();
}

function wordsIn(hash) {
  try {
    const words = decodeURIComponent(hash.slice(1));
    return /^\p{L}+(-\p{L}+){3,}$/u.test(words) ? words : "";
  } catch {
    return "";
  }
}
