// Small things every page needs.

// The text grows in place: nothing ticked is lost. Who went up for it from an exercise is
// led back there; otherwise the button stays under the finger. Without this module the
// page is loaded again.
let workedAt = "";
for (const type of ["focusin", "pointerdown"])
  addEventListener(type, ({ target }) => {
    workedAt = target.closest?.("main [data-exercise]")?.id || workedAt;
  });

addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("[data-grows]") || !submitter) return;
  event.preventDefault();
  const size = submitter.value;
  const { top } = submitter.getBoundingClientRect();
  document.documentElement.dataset.text = size;
  for (const button of document.querySelectorAll("[data-grows] button"))
    button.setAttribute("aria-pressed", button.value === size);
  const { top: now } = submitter.getBoundingClientRect();
  scrollBy({ top: now - top, behavior: "instant" });
  const place = workedAt && document.getElementById(workedAt);
  if (place) {
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ behavior: "instant" });
  }
  const body = new URLSearchParams({ size });
  fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
});

// A menu closes by Escape, which leads back to its button, and when one goes elsewhere.
const openMenus = () => document.querySelectorAll("details.menu[open]");
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of openMenus()) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});
for (const type of ["pointerdown", "focusin"])
  addEventListener(type, ({ target }) => {
    for (const menu of openMenus()) if (!menu.contains(target)) menu.open = false;
  });

// Definitions that came up by hover or focus go away with Escape (WCAG 1.4.13).
// Showing them needs no script: style and the popover of the button do it.
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const term of document.querySelectorAll(".term:hover, .term:focus-within")) {
    // What has the focus must not vanish under it.
    if (term.contains(document.activeElement)) term.querySelector("button").focus();
    term.dataset.dismissed = "";
  }
});

for (const type of ["pointerover", "focusin"])
  addEventListener(type, ({ target }) => {
    for (const term of document.querySelectorAll("[data-dismissed]"))
      if (!term.contains(target)) delete term.dataset.dismissed;
  });

// A definition that came up by keyboard stays while the focus goes on to its link.
addEventListener("focusin", ({ target }) => {
  const term = target.closest(".term");
  if (term && target.matches(":focus-visible")) term.dataset.shown = "";
});
addEventListener("focusout", ({ target, relatedTarget }) => {
  const term = target.closest(".term");
  if (term && !term.contains(relatedTarget)) delete term.dataset.shown;
});

// What stands further down brings its module along only when it is nearly in view, and
// its style before that, so that nothing is seen bare.
const styled = (href) =>
  new Promise((done) => {
    if (document.querySelector(`link[href="${href}"]`)) return done();
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href, onload: done, onerror: done });
    document.head.append(link);
  });

const bring = async ({ dataset: { styles, module } }) => {
  await Promise.all((styles?.split(" ") ?? []).map(styled));
  await import(module);
};

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      bring(target);
    }
  },
  { rootMargin: "600px" },
);
for (const part of document.querySelectorAll("[data-module]")) near.observe(part);

// Steps are looked up in the middle of a text. Who comes back finds the link where it
// was: exercises above it have another height until their modules have come.
const links = [...document.querySelectorAll("main a[data-address]")];
for (const [index, link] of links.entries())
  link.addEventListener("click", () => {
    const left = { index, top: link.getBoundingClientRect().top };
    history.replaceState({ ...history.state, left }, "");
    history.scrollRestoration = "manual";
  });

const comeBack = async ({ index, top }) => {
  const { left: _, ...state } = history.state;
  history.replaceState(state, "");
  history.scrollRestoration = "auto";
  const link = links[index];
  if (!link) return;
  const above = [...document.querySelectorAll("[data-module]")].filter(
    (part) => part.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  await Promise.all(above.map(bring));
  const moved = link.getBoundingClientRect().top - top;
  scrollBy({ top: moved, behavior: "instant" });
  link.focus({ preventScroll: true });
};
if (history.state?.left) comeBack(history.state.left);

// What matters only once somebody moves on the page comes then.
for (const part of document.querySelectorAll("[data-on-scroll]"))
  addEventListener("scroll", () => import(part.dataset.onScroll), {
    once: true,
    passive: true,
  });

// Whoever empties the device, signs out or erases the account leaves nothing that is
// sent later, in no tab: other modules hear "leaving" and stop.
const LEAVING = ["geraet-leeren/", "/logout/", "/meine-daten/loeschen/"];
const tabs = window.BroadcastChannel && new BroadcastChannel("leaving");

const leave = () => {
  document.dispatchEvent(new Event("leaving"));
  try {
    sessionStorage.clear();
  } catch {
    // Storage is off: nothing was kept.
  }
};
tabs?.addEventListener("message", leave);

addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  const { pathname } = new URL(form.action);
  if (LEAVING.some((end) => pathname.endsWith(end))) {
    leave();
    tabs?.postMessage("");
  }
});

// What must not happen twice is sent once. The button goes out only when its value has
// been taken into what is sent.
const setSent = (form, isSent) => {
  form.toggleAttribute("data-sent", isSent);
  for (const button of form.querySelectorAll("button")) button.disabled = isSent;
};
addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.hasAttribute("data-sent")) event.preventDefault();
  form.setAttribute("data-sent", "");
  setTimeout(setSent, 0, form, true);
});

// A page kept for the back button may show another person's work: load it anew.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
  for (const form of document.querySelectorAll("[data-once]")) setSent(form, false);
});
