// Small things every page with running text needs.

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

// What stands further down brings its module along only when it is nearly in view.
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      import(target.dataset.module);
    }
  },
  { rootMargin: "600px" },
);
for (const part of document.querySelectorAll("[data-module]")) near.observe(part);

// A page kept for the back button may show another person's work: load it anew.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});
