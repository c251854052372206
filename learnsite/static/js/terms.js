// Definitions that came up by hover or focus go away with Escape (WCAG 1.4.13).
// Showing them needs no script: style and the popover of the button do it.

addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const term of document.querySelectorAll(".term:hover, .term:focus-within"))
    term.dataset.dismissed = "";
});

for (const type of ["pointerover", "focusin"])
  addEventListener(type, ({ target }) => {
    for (const term of document.querySelectorAll("[data-dismissed]"))
      if (!term.contains(target)) delete term.dataset.dismissed;
  });
