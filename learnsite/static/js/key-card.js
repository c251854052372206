// Copy and print buttons of the card with a learning key.
// Bound by data-key-card (form); the buttons stay hidden without this module.

for (const card of document.querySelectorAll("[data-key-card]")) {
  const source = card.querySelector("[data-key-copy-source]");
  const copied = card.querySelector("[data-key-copied]");
  const copy = card.querySelector("[data-key-copy]");
  const print = card.querySelector("[data-print]");

  print.hidden = false;
  print.addEventListener("click", () => window.print());

  // Without a secure connection browsers offer no clipboard; the line can be selected.
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.value);
      copied.hidden = false;
    });
  }
  source.addEventListener("focus", () => source.select());
  card.addEventListener("submit", () => {
    source.type = "password";
  });
}
