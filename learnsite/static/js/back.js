// Shows the way back to where somebody came from on this site. It is the browser's own,
// which keeps the place there; links within the page have added steps to it.

const came = document.referrer ? new URL(document.referrer) : location;
const steps = history.length;
const isFromHere =
  came.origin === location.origin && came.pathname !== location.pathname;

for (const button of document.querySelectorAll("[data-back]")) {
  button.hidden = !isFromHere;
  button.addEventListener("click", () => history.go(steps - history.length - 1));
}
