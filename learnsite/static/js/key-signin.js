// Fills in the key that stands behind "#" in the address of a card, and hides the
// words on sending, so that a password manager offers to keep them.
// Bound by data-key-form (form) and data-key-field (its input).

for (const form of document.querySelectorAll("[data-key-form]")) {
  const field = form.querySelector("[data-key-field]");

  fillFromAddress(field);
  window.addEventListener("hashchange", () => fillFromAddress(field));
  form.addEventListener("submit", () => {
    field.type = "password";
  });
  // Coming back with the browser's button, the words can be read and mended again.
  window.addEventListener("pageshow", () => {
    field.type = "text";
  });
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
