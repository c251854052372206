// Fills in the code of an invitation that stands behind "#", where no server sees it, and
// takes it out of the address bar and the history.
// Bound by data-invitation (the form).

const field = document.querySelector("[data-invitation] [name=code]");

const fill = () => {
  const code = location.hash.slice(1);
  if (!/^[0-9a-z]{4}(-?[0-9a-z]{4}){2}$/i.test(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
  field.form.querySelector("button").focus();
};

fill();
window.addEventListener("hashchange", fill);
