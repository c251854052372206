// A page kept for the back button may show another person's work: load it anew.

addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
