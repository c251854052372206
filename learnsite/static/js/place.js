// Remembers the block somebody reads, so that they can continue there.
//
// Nothing is sent for somebody who has done nothing yet (data-known), nor before the
// reader has moved on from the first block, and only the newest place counts. The
// language switch and "continue" keep it as a fragment. No request outlives its page:
// its late reply would fill an emptied device again. Loaded with the first scrolling.

const lesson = document.querySelector("[data-lesson]");
const blocks = [...document.querySelectorAll("[data-lesson] .prose > [id^='b-']")];
const PAUSE = 1500; // ms of rest before a place counts
let current = null;
let sent = location.hash.startsWith("#b-") ? location.hash.slice(3) : "";
let timer = 0;
const leaving = new AbortController();

const send = () => {
  if (leaving.signal.aborted || !current || current === sent) return;
  if (!("known" in lesson.dataset)) return;
  sent = current;
  const body = new URLSearchParams({ block: current, reader: lesson.dataset.owner });
  const post = () =>
    fetch(`${lesson.dataset.lesson}stelle/`, {
      method: "POST",
      body,
      signal: leaving.signal,
    });
  (navigator.locks ? navigator.locks.request("lernstand", post) : post()).catch(() => {
    sent = "";
  });
};

const keepInLinks = () => {
  for (const link of document.querySelectorAll("[data-keeps-place]"))
    link.hash = `b-${current}`;
};

const moved = () => {
  const line = innerHeight * 0.35;
  const reached = blocks.filter((block) => block.getBoundingClientRect().top < line);
  const newest = reached.at(-1);
  if (!newest || newest === blocks[0] || scrollY === 0) return;
  const id = newest.id.slice(2);
  if (id === current) return;
  current = id;
  keepInLinks();
  clearTimeout(timer);
  timer = setTimeout(send, PAUSE);
};

if (lesson) {
  moved();
  addEventListener("scroll", () => requestAnimationFrame(moved), { passive: true });
  document.addEventListener("leaving", () => {
    clearTimeout(timer);
    leaving.abort();
  });
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send();
  });
}
