// Small things that all parts show.

import { fillIn, h } from "../labs/kit.js";

export const steps = (words, current) =>
  h("ol", { class: "lab-steps" }, ...words.steps.map((step, index) =>
    h("li", { "aria-current": index === current && "step" }, `${index + 1}. ${step}`)));

// 90 minutes are "1 Std. 30 Min", none is said in words.
export const timeIn = (words, minutes) => {
  const values = { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  if (!minutes) return words.nothing;
  if (minutes < 60) return fillIn(words.minutes, values);
  return fillIn(values.minutes ? words.both : words.hours, values);
};
