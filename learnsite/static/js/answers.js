// Answers without leaving the page, and without losing any on bad Wi-Fi.
//
// A form marked data-answer is sent by fetch; the reply replaces the exercise and the
// lesson's end. What could not be sent stays visible as "not saved yet", waits in this
// tab's session storage, is retried and survives a reload. Without this module the form
// is posted as any other.

const STORE = "answers-waiting";
const TIMEOUT = 8000; // ms
const RETRY = 3000; // ms
const lesson = document.querySelector("[data-lesson]")?.dataset.lesson ?? "";

const readWaiting = () => {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? {};
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

const remember = (url, entry) => {
  if (entry) memory[url] = entry;
  else delete memory[url];
  writeWaiting(memory);
};

// One request at a time, over all tabs: each reply carries the whole progress cookie.
const inTurn = (work) =>
  navigator.locks ? navigator.locks.request("lernstand", work) : work();

const send = (url, entry) =>
  inTurn(() =>
    fetch(url, {
      method: "POST",
      body: new URLSearchParams(entry.fields),
      headers: { Accept: "application/json", "Idempotency-Key": entry.token },
      signal: AbortSignal.timeout(TIMEOUT),
    }),
  );

const formFor = (url) =>
  [...document.querySelectorAll("form[data-answer]")].find(
    (form) => new URL(form.action).pathname === url,
  );

const showUnsaved = (url, isUnsaved) => {
  const note = formFor(url)?.querySelector("[data-unsaved]");
  if (note) note.hidden = !isUnsaved;
  const saved = document.querySelector("[data-saved]");
  if (saved) saved.hidden = Object.keys(memory).some((u) => u.startsWith(lesson));
};

const replace = (old, html) => {
  if (!old || !html) return null;
  const template = document.createElement("template");
  template.innerHTML = html;
  const fresh = template.content.firstElementChild;
  old.replaceWith(fresh);
  return fresh;
};

const show = (url, pieces, takesFocus) => {
  const section = replace(formFor(url)?.closest("[data-exercise]"), pieces.exercise);
  replace(document.querySelector("[data-finish]"), pieces.finish);
  const result = section?.querySelector("[role=alert], [data-result]");
  if (takesFocus && result) {
    if (!result.hasAttribute("tabindex")) result.tabIndex = -1;
    result.focus({ preventScroll: true });
    result.scrollIntoView({ block: "nearest" });
  }
};

const deliver = async (url, takesFocus) => {
  const entry = memory[url];
  if (!entry) return;
  let reply;
  let pieces;
  try {
    reply = await send(url, entry);
    if (reply.status >= 500 || reply.status === 429) throw new Error("try again");
    pieces = await reply.json();
  } catch {
    showUnsaved(url, true);
    return;
  }
  // Changed while it was under way: the newer answer is sent next.
  if (memory[url] !== entry) return;
  remember(url, null);
  if (pieces.exercise) show(url, pieces, takesFocus);
  else formFor(url)?.querySelector("[data-result]")?.append(pieces.message ?? "");
  showUnsaved(url, false);
};

const newToken = () =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-answer]");
  if (!form) return;
  event.preventDefault();
  const url = new URL(form.action).pathname;
  remember(url, { fields: [...new FormData(form)], token: newToken() });
  deliver(url, true);
});

// A form keeps what was chosen when the page is loaded again before it was sent.
const restore = (url) => {
  const form = formFor(url);
  if (!form) return;
  const chosen = new Set(memory[url].fields.map(([name, value]) => `${name}=${value}`));
  for (const field of form.querySelectorAll("input[type=radio], input[type=checkbox]"))
    field.checked = chosen.has(`${field.name}=${field.value}`);
  showUnsaved(url, true);
};

const retryAll = () => Object.keys(memory).forEach((url) => deliver(url, false));

Object.keys(memory).forEach(restore);
retryAll();
addEventListener("online", retryAll);
setInterval(retryAll, RETRY);
