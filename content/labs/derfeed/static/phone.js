// The phone: one clip at a time, a stopwatch that is seen, three ways to react.

import { fillIn, h, isCalm } from "../labs/kit.js";
import { PARTS, ROUND } from "./feed.js";
import { away, heart, scene, sign, up } from "./draw.js";
import { number } from "./charts.js";

const FAR = 60; // px of a swipe that counts
const FULL = 8; // seconds at which the stopwatch is full
const MOST = 30; // longer than that nobody looks at a clip; somebody went away
const LEAST = 0.4;

// Counts the time somebody spends on a clip. It stands while the page is hidden, and for good
// when there is nothing left to show it on.
class Watch {
  constructor(show) {
    Object.assign(this, { show, spent: 0, since: null });
  }

  start() {
    if (this.since !== null) return;
    this.since = performance.now();
    const tick = () => {
      if (this.since === null) return;
      if (this.show(this.seconds)) requestAnimationFrame(tick);
      else this.stop();
    };
    requestAnimationFrame(tick);
  }

  stop() {
    if (this.since !== null) this.spent += performance.now() - this.since;
    this.since = null;
  }

  reset() {
    Object.assign(this, { spent: 0, since: null });
  }

  get seconds() {
    const running = this.since === null ? 0 : performance.now() - this.since;
    return Math.min(MOST, Math.max(LEAST, (this.spent + running) / 1000));
  }
}

// Moves the picture with the finger on the clip and calls when it went up far enough.
const swipeable = (clip, element, go) => {
  let from = null;
  const by = (event) => Math.min(0, event.clientY - from);
  const end = (event) => {
    if (from === null) return;
    const isFar = by(event) < -FAR;
    from = null;
    element.style.removeProperty("transform");
    if (isFar) go();
  };
  clip.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    from = event.clientY;
    clip.setPointerCapture(event.pointerId);
  });
  clip.addEventListener("pointermove", (event) => {
    if (from !== null && !isCalm()) element.style.transform = `translateY(${by(event)}px)`;
  });
  clip.addEventListener("pointerup", end);
  clip.addEventListener("pointercancel", () => {
    from = null;
    element.style.removeProperty("transform");
  });
};

// Returns what stands under a clip. Whoever has seen all of a topic gets sequels.
export const captionOf = (words, { topic, index, ad }) => {
  const clips = words.clips[topic];
  if (ad) return words.ads[topic];
  if (index < clips.length) return clips[index];
  const part = Math.floor((index - clips.length) / 2) + 2;
  return fillIn(words.sequel, { part, caption: clips[clips.length - 2 + (index % 2)] });
};

// Returns {element, show(clip, number), hold(isHeld), setPart}. "leave" gets what was done.
export const phone = (stage, leave) => {
  const { words } = stage;
  const hand = h("span", { style: { "--part": 0 } });
  const read = h("b", {});
  const watch = new Watch((seconds) => {
    if (!isCalm()) hand.style.setProperty("--part", Math.min(1, seconds / FULL));
    read.textContent = fillIn(words.seconds, { value: number(stage, seconds, isCalm() ? 0 : 1) });
    return element.isConnected;
  });
  let liked = false;
  const picture = h("div", { class: "derfeed-picture" });
  const caption = h("div", { class: "derfeed-caption" });
  const clip = h("div", { class: "derfeed-clip", role: "group", tabIndex: 0 }, picture, caption);
  const like = h("button", { type: "button", class: "derfeed-button is-like", "aria-pressed": "false", onclick: () => setLiked(!liked) }, heart(), h("span", {}, words.swipe.like));
  const setLiked = (isLiked) => {
    liked = isLiked;
    like.setAttribute("aria-pressed", isLiked);
  };
  const go = (bored = false) => {
    watch.stop();
    leave({ seconds: watch.seconds, liked, bored });
  };
  clip.addEventListener("keydown", (event) => {
    const act = { ArrowDown: () => go(), Enter: () => go(), ArrowRight: () => setLiked(!liked) }[event.key];
    if (!act || event.repeat || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act();
  });
  swipeable(clip, picture, () => go());
  const turn = () => {
    if (!element.isConnected) document.removeEventListener("visibilitychange", turn);
    else if (document.hidden) watch.stop();
    else if (!element.classList.contains("is-held")) watch.start();
  };
  document.addEventListener("visibilitychange", turn);

  const clock = h("b", {});
  const bar = h("div", { class: "derfeed-status", "aria-hidden": "true" }, clock, h("span", { class: "derfeed-hand" }, hand), read);
  const actions = h("div", { class: "derfeed-actions" },
    h("button", { type: "button", class: "derfeed-button is-next", onclick: () => go() }, up(), h("span", {}, words.swipe.next)),
    like,
    h("button", { type: "button", class: "derfeed-button", onclick: () => go(true) }, away(), h("span", {}, words.swipe.bored)));
  const element = h("div", { class: "derfeed-phone" }, bar, clip, actions);

  const show = (item, place) => {
    watch.reset();
    setLiked(false);
    const said = { number: place, all: ROUND, topic: words.topics[item.topic], caption: captionOf(words, item) };
    clip.setAttribute("aria-label", fillIn(item.ad ? words.swipe.ad_clip : words.swipe.clip, said));
    picture.replaceChildren(scene(item));
    caption.replaceChildren(
      h("span", { class: `derfeed-topic is-${item.topic}` }, item.ad ? words.swipe.ad : [sign(item.topic), words.topics[item.topic]]),
      h("strong", {}, said.caption),
      h("span", {}, item.ad ? "" : words.accounts[item.topic]));
    clip.classList.remove("is-new");
    requestAnimationFrame(() => clip.classList.add("is-new"));
    focus();
    watch.start();
  };
  const hold = (isHeld) => {
    element.classList.toggle("is-held", isHeld);
    if (isHeld) watch.stop();
    else watch.start();
  };
  const setPart = (part) => {
    clock.textContent = words.parts[part].clock;
    for (const each of PARTS) element.classList.toggle(`is-${each}`, each === part);
  };
  const focus = () => {
    clip.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  };
  return { element, show, hold, setPart, focus };
};
