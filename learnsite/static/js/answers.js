// Answers without leaving the page, and without losing any on bad Wi-Fi.
//
// A form marked data-answer is sent by fetch; the reply replaces the exercise and the
// lesson's end. What could not be sent stays visible as "not saved yet", waits in this
// tab's session storage, is retried and survives a reload; where its form is not on the
// page, as in another lesson, in a course or in "My learning", a line tells of it
// (data-elsewhere). Without this module the form is posted as any other.
//
// What waits belongs to the person it was written by: nobody else's page sends it, the
// server refuses it for anybody else, and it is gone as soon as somebody signs out or
// empties the device (event "leaving").

const STORE = "answers-waiting";
const TIMEOUT = 8000; // ms
const RETRY = 3000; // ms, twice as long after each failure
const LONGEST = 30000; // ms
const LATER = [408, 425, 429]; // worth another try, unlike any other 4xx
const PLACE = "[data-exercise], [data-lab-mark]"; // what a reply replaces
const article = document.querySelector("[data-lesson]");

// For whom this page was loaded; empty without account. The forms carry it along, so
// that the server refuses what another tab's signing in or out has overtaken.
const owner = document.querySelector("[data-owner]")?.dataset.owner ?? "";

const readWaiting = () => {
  try {
    const waiting = Object.entries(JSON.parse(sessionStorage.getItem(STORE)) ?? {});
    return Object.fromEntries(waiting.filter(([, entry]) => entry.owner === owner));
  } catch {
    return {};
  }
};

const writeWaiting = (waiting) => {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(waiting));
  } catch {
    // Storage is off: the answer still stands in the form and is retried.
  }
};

const memory = readWaiting();
const waiting = () => Object.keys(memory);
const running = new Map(); // URL: how to cut off its request
const retries = new Map(); // URL: how often it failed, and the timer of the next try
let hasLeft = false;

const remember = (url, entry) => {
  if (entry) memory[url] = entry;
  else delete memory[url];
  writeWaiting(memory);
};

// One request at a time, over all tabs: each reply carries the whole progress cookie.
const inTurn = (work) =>
  navigator.locks ? navigator.locks.request("lernstand", work) : work();

// Returns what to show; raises what is worth another try.
const send = (url, entry, cut) =>
  inTurn(async () => {
    const timer = setTimeout(() => cut.abort(), TIMEOUT);
    try {
      const reply = await fetch(url, {
        method: "POST",
        body: new URLSearchParams(entry.fields),
        headers: { Accept: "application/json", "Idempotency-Key": entry.token },
        signal: cut.signal,
      });
      if (reply.status >= 500 || LATER.includes(reply.status))
        throw new Error("try again");
      if (reply.status < 400) return await reply.json();
      return { ...(await reply.json().catch(() => ({}))), isRefused: true };
    } finally {
      clearTimeout(timer);
    }
  });

const formFor = (url) =>
  [...document.querySelectorAll("form[data-answer]")].find(
    (form) => new URL(form.action).pathname === url,
  );

let refused = ""; // what the site said of an answer whose form is on another page

const showUnsaved = (url, isUnsaved) => {
  const note = formFor(url)?.querySelector("[data-unsaved]");
  if (note) note.hidden = !isUnsaved;
  const saved = document.querySelector("[data-saved]");
  if (saved) saved.hidden = waiting().length > 0;
  const count = waiting().filter((each) => !formFor(each)).length;
  for (const line of document.querySelectorAll("[data-elsewhere]")) {
    const { one, many } = line.dataset;
    line.hidden = !count && !refused;
    const left = count === 1 ? one : many.replace("{count}", count);
    const says = line.querySelector("[data-says]");
    says.textContent = [refused, count && left].filter(Boolean).join(" ");
  }
};

const replace = (old, html) => {
  if (!old || !html) return null;
  const template = document.createElement("template");
  template.innerHTML = html;
  const fresh = template.content.firstElementChild;
  old.replaceWith(fresh);
  return fresh;
};

// Comes only once something was said about an answer: a first visit stays light.
const watch = (root) => {
  if (root.querySelector("[data-until-changed], [data-changed]"))
    import("./changed.js").then((changed) => changed.watch(root)).catch(() => {});
};

const show = (url, pieces, takesFocus) => {
  const section = replace(formFor(url)?.closest(PLACE), pieces.exercise);
  if (section) watch(section);
  replace(document.querySelector("[data-finish]"), pieces.finish);
  const result = section?.querySelector("[role=alert], [data-result]");
  if (takesFocus && result) {
    if (!result.hasAttribute("tabindex")) result.tabIndex = -1;
    result.focus({ preventScroll: true });
    result.scrollIntoView({ block: "nearest" });
  }
};

const refuse = (url, message) => {
  const form = formFor(url);
  if (!form) {
    refused = message ?? document.querySelector("[data-elsewhere]")?.dataset.refused;
    return;
  }
  const note = document.createElement("p");
  note.className = "error";
  note.textContent = message ?? form.dataset.refused;
  form.querySelector("[data-result], [data-refusal]")?.replaceChildren(note);
};

// A page that is opened now asks with the progress from before the answer, and brings
// that back: an answer whose reply came in between would be lost. So a link and the
// lesson's end wait for the reply, at most as long as a request may take. Any other way
// out cuts the request off; the answer waits for the next lesson opened in this tab.
let goOn = null;

const waitFor = (event, control, go) => {
  if (!running.size || hasLeft) return;
  event.preventDefault();
  control.setAttribute("aria-busy", "true");
  goOn = go;
};

const follow = () => {
  const go = goOn;
  goOn = null;
  for (const each of document.querySelectorAll('[aria-busy="true"]'))
    each.removeAttribute("aria-busy");
  go?.();
};

const cutOff = () => {
  for (const cut of running.values()) cut.abort();
};

// Some browsers keep no page that listens for its end: only while a request runs.
const setRunning = (url, cut) => {
  if (cut) running.set(url, cut);
  else running.delete(url);
  if (running.size) addEventListener("beforeunload", cutOff);
  else removeEventListener("beforeunload", cutOff);
};

const retryLater = (url) => {
  const failures = (retries.get(url)?.failures ?? 0) + 1;
  const pause = Math.min(RETRY * 2 ** (failures - 1), LONGEST);
  retries.set(url, { failures, timer: setTimeout(deliver, pause, url, false) });
};

const deliver = async (url, takesFocus) => {
  const entry = memory[url];
  if (!entry || hasLeft || running.has(url)) return;
  clearTimeout(retries.get(url)?.timer);
  const cut = new AbortController();
  setRunning(url, cut);
  let pieces = null;
  try {
    pieces = await send(url, entry, cut);
  } catch {
    // Not sent, or not understood: see below.
  }
  setRunning(url, null);
  if (hasLeft) return;
  if (memory[url] !== entry) {
    // Changed while it was under way: the newer answer is sent next.
    deliver(url, true);
  } else if (pieces === null) {
    showUnsaved(url, true);
    retryLater(url);
  } else {
    remember(url, null);
    retries.delete(url);
    if (pieces.exercise && (formFor(url) || !pieces.isRefused)) {
      article?.setAttribute("data-known", "");
      show(url, pieces, takesFocus);
    } else refuse(url, pieces.message);
    showUnsaved(url, false);
  }
  if (!running.size) follow();
};

const newToken = () =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

const deliverNow = (url, takesFocus) => {
  clearTimeout(retries.get(url)?.timer);
  retries.delete(url);
  deliver(url, takesFocus);
};

// A lab that was played to its end is ticked off; nothing of what happened is told. Who
// has nothing kept on this device is not given a cookie for it without a click.
document.addEventListener("labdone", ({ target }) => {
  if (!article?.hasAttribute("data-known")) return;
  document.querySelector(`[data-lab-mark="${target.dataset.lab}"] form`)?.requestSubmit();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const { button, metaKey, ctrlKey, shiftKey, altKey } = event;
  if (!link || button || metaKey || ctrlKey || shiftKey || altKey) return;
  if (link.target || link.hasAttribute("download")) return;
  if (link.origin !== location.origin) return;
  if (link.hash && link.pathname === location.pathname) return;
  waitFor(event, link, () => location.assign(link.href));
});

document.addEventListener("submit", (event) => {
  const end = event.target.closest("[data-finish] form");
  // The reply brings another end of the lesson, with a form like this one.
  if (end)
    waitFor(event, event.submitter ?? end, () =>
      document.querySelector("[data-finish] form")?.submit(),
    );
  const form = event.target.closest("form[data-answer]");
  if (!form || hasLeft) return;
  event.preventDefault();
  const url = new URL(form.action).pathname;
  remember(url, { fields: [...new FormData(form)], token: newToken(), owner });
  deliverNow(url, true);
});

// A form keeps what was given when the page is loaded again before it was sent.
const restore = (url) => {
  showUnsaved(url, true);
  const form = formFor(url);
  if (!form) return;
  const { fields } = memory[url];
  const given = (name) => fields.filter((field) => field[0] === name).map((f) => f[1]);
  const seen = {}; // how many fields of one name were filled
  for (const field of form.elements) {
    const { name, type } = field;
    if (!name || ["submit", "button", "hidden", "file"].includes(type)) continue;
    const values = given(name);
    if (type === "radio" || type === "checkbox")
      field.checked = values.includes(field.value);
    else if (field.options)
      for (const option of field.options) option.selected = values.includes(option.value);
    else field.value = values[(seen[name] = (seen[name] ?? -1) + 1)] ?? "";
  }
};

document.addEventListener("leaving", () => {
  hasLeft = true;
  goOn = null;
  for (const cut of running.values()) cut.abort();
  for (const { timer } of retries.values()) clearTimeout(timer);
  for (const url of Object.keys(memory)) delete memory[url];
});

watch(document);
writeWaiting(memory);
waiting().forEach(restore);
waiting().forEach((url) => deliver(url, false));
addEventListener("online", () => waiting().forEach((url) => deliverNow(url, false)));
