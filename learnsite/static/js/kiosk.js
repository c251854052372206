// Empties a shared device after five minutes without input. A minute before, a dialog says
// so and takes the focus; any key, click or touch goes on.
// Bound by data-kiosk (the dialog, with the form that empties) and data-kiosk-stay.

const WARN_AFTER = 4 * 60_000;
const EMPTY_AFTER = 5 * 60_000;

const dialog = document.querySelector("[data-kiosk]");
const form = dialog.querySelector("form");
let last = Date.now();

const goOn = () => {
  last = Date.now();
  if (dialog.open) dialog.close();
};

for (const name of ["keydown", "pointerdown", "input", "scroll"]) {
  addEventListener(name, goOn, { capture: true, passive: true });
}
dialog.querySelector("[data-kiosk-stay]").addEventListener("click", goOn);

// A clock that is looked at, not one that runs: a device that slept is emptied at once.
const clock = setInterval(() => {
  const idle = Date.now() - last;
  if (idle >= EMPTY_AFTER) {
    clearInterval(clock); // once: a second time would cancel the first
    form.requestSubmit();
  } else if (idle >= WARN_AFTER && !dialog.open) dialog.showModal();
}, 1000);
