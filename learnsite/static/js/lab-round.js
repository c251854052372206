// A lab says at its end which of its options was chosen; the form of the page that hands
// it to the round, where one is asked for, has it ticked. Nothing is sent without a click.

const chosen = new Map(); // lab: the option it ended with

const tick = (place) => {
  const option = chosen.get(place.dataset.labRound);
  if (!option || place.querySelector("input:checked")) return;
  const radio = place.querySelector(`[data-option="${CSS.escape(option)}"]`);
  if (radio) radio.checked = true;
};

document.addEventListener("labdone", ({ target, detail }) => {
  chosen.set(target.dataset.lab, detail?.decision);
  document.querySelectorAll("[data-lab-round]").forEach(tick);
});

// The teacher may ask while the lab is open, or after it.
for (const place of document.querySelectorAll("[data-lab-round]"))
  new MutationObserver(() => tick(place)).observe(place, { childList: true, subtree: true });
