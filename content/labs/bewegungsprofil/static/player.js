// The week as a film: a slider through its points, and a button that moves it.

import { fillIn, h, isCalm } from "../labs/kit.js";
import { named } from "../labs/hellingen.js";

const SPEED = 24; // points a second; calm: one hour at a time

export const player = (words, language, points, map) => {
  let isPlaying = false;
  const said = h("p", { class: "bewegungsprofil-clock" }, words.drag);
  const slider = h("input", { type: "range", min: 0, max: points.length - 1, value: 0, step: 1, "aria-label": words.time });
  const show = () => {
    const { day, clock, place, x, y } = points[slider.value];
    const text = fillIn(words.at, {
      day: words.weekdays[day],
      hours: String(Math.floor(clock / 60)).padStart(2, "0"),
      minutes: String(clock % 60).padStart(2, "0"),
      place: place ? named(place, language) : words.moving,
    });
    said.textContent = text;
    slider.setAttribute("aria-valuetext", text);
    map.at({ x, y });
  };
  const button = h("button", { type: "button", class: "button is-quiet", onclick: () => (isPlaying ? stop() : start()) }, words.play);
  const stop = () => {
    isPlaying = false;
    button.textContent = words.play;
  };
  const start = () => {
    isPlaying = true;
    button.textContent = words.stop;
    const last = points.length - 1;
    const from = Number(slider.value) >= last ? 0 : Number(slider.value);
    const begun = performance.now();
    const frame = (now) => {
      if (!isPlaying || !slider.isConnected) return;
      const passed = ((now - begun) / 1000) * SPEED;
      slider.value = Math.min(last, from + Math.floor(isCalm() ? passed - (passed % 6) : passed));
      show();
      if (Number(slider.value) === last) stop();
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  };
  slider.addEventListener("input", () => {
    stop();
    show();
  });
  return h("div", { class: "bewegungsprofil-player" }, button, slider, said);
};
