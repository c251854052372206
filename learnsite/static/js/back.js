// Shows the way back to where somebody came from on this site. It is the browser's own,
// which keeps the place there; links within the page have added steps to it. Each step
// carries its number, since the length of a history stops growing after some fifty.

const came = document.referrer ? new URL(document.referrer) : location;
const isFromHere =
  came.origin === location.origin && came.pathname !== location.pathname;

let last = 0;
const stepsWithin = () => history.state?.within ?? last;
const number = (within) => {
  last = history.state?.within ?? within;
  history.replaceState({ ...history.state, within: last }, "");
};
number(0);
addEventListener("hashchange", () => number(last + 1));

for (const button of document.querySelectorAll("[data-back]")) {
  button.hidden = !isFromHere;
  button.addEventListener("click", () => history.go(-1 - stepsWithin()));
}
