// Says in words why a passkey was not used; allauth only tells the console.
// Bound by data-passkey-note, which holds the words, and to allauth's own event.
// Buttons with data-needs-script stay hidden without this module.

const note = document.querySelector("[data-passkey-note]");
let pressed = null;

const reasonOf = ({ name }) => {
  if (!window.PublicKeyCredential) return "unsupported";
  if (["NotAllowedError", "AbortError"].includes(name)) return "cancelled";
  if (name === "InvalidStateError") return "known";
  if (["NotSupportedError", "SecurityError"].includes(name)) return "unsupported";
  return "failed";
};

for (const button of document.querySelectorAll("[data-needs-script]"))
  button.hidden = false;

document.addEventListener(
  "click",
  ({ target }) => {
    pressed = target.closest("button") ?? pressed;
    note.hidden = true;
  },
  true,
);

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  (pressed?.closest(".row") ?? note).after(note);
  note.textContent = note.dataset[reasonOf(event.detail.exception)];
  note.hidden = false;
});
