// What a detective does with points: filter, add up, narrow down, and lose track.
//
// Nothing here needs a document.

import { STEP } from "./week.js";

// Hours of a part of the day, from – to; the night goes past midnight.
export const PARTS = { all: [0, 24], night: [22, 6], morning: [6, 12], noon: [12, 14], afternoon: [14, 18], evening: [18, 22] };
export const DAYS = { week: [0, 1, 2, 3, 4, 5, 6], workdays: [0, 1, 2, 3, 4], friday: [4], weekend: [5, 6] };

const isIn = (clock, [from, to]) => {
  const hour = clock / 60;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
};

export const filtered = (points, days, part) =>
  points.filter(({ day, clock }) => DAYS[days].includes(day) && isIn(clock, PARTS[part]));

// Returns the minutes at each place, the most first: [["muehlenhof", 3000], …].
export const stays = (points) => {
  const sums = {};
  for (const { place } of points) if (place) sums[place] = (sums[place] ?? 0) + STEP;
  return Object.entries(sums).sort(([, a], [, b]) => b - a);
};

export const minutesAt = (points, id) => stays(points).find(([place]) => place === id)?.[1] ?? 0;

// --- How many phones fit -------------------------------------------------------------

// A made-up crowd: 1,000 phones, each with a home, a work and a place for the evening.
// The first one is the phone of the lab.
export const crowd = (random, size = 1000) => {
  const draw = (count) => Math.floor(random() ** 1.4 * count);
  const others = Array.from({ length: size - 1 }, () => ({ home: draw(45), work: draw(20), evening: draw(12) }));
  return [{ home: 6, work: 4, evening: 3 }, ...others];
};

// Returns who agrees with the first one in all that is known: ["home", "work"].
export const alike = (people, known) => people.filter((each) => known.every((name) => each[name] === people[0][name]));

// --- Blurring ------------------------------------------------------------------------

export const GRIDS = [10, 100, 500, 2000]; // metres
export const PACES = [10, 60, 240, 1440]; // minutes
const FIRST = 180; // the first point of a day that is not left out: three at night
const UNIT = 5; // metres

export const sampled = (points, pace) => points.filter(({ minute }) => (minute - FIRST) % pace === 0);

const cell = ({ x, y }, grid) => `${Math.floor((x * UNIT) / grid)}|${Math.floor((y * UNIT) / grid)}`;

// Returns points as they look in a grid: moved to the middle of their cell, each cell once.
export const blurred = (points, grid) => {
  const found = new Map();
  const middle = (value) => (Math.floor((value * UNIT) / grid) * grid + grid / 2) / UNIT;
  for (const each of points) {
    const key = cell(each, grid);
    const known = found.get(key);
    if (known) known.count += 1;
    else found.set(key, { x: middle(each.x), y: middle(each.y), count: 1 });
  }
  return [...found.values()];
};

// Returns how many places it could be: 0 if no point shows it, 1 if it is clear.
//
// "finding" names the true place, who else comes into question and, where it matters,
// the part of the day in which the phone must have been there.
export const couldBe = (points, finding, grid, pace) => {
  const seen = sampled(points, pace).filter(({ place, clock }) => place === finding.place.id && (!finding.part || isIn(clock, PARTS[finding.part])));
  if (!seen.length) return 0;
  if (grid <= GRIDS[0]) return 1;
  const key = cell(finding.place, grid);
  return 1 + finding.others.filter((each) => cell(each, grid) === key).length;
};

const HOME = "home";
const RARE = "faith"; // its place is in town only once

// Returns what is to be said about how many places each finding could be: { home: 82, … }.
export const comment = (counts, isCoarsest) => {
  const all = Object.values(counts);
  const clear = all.filter((count) => count === 1).length;
  if (clear === 0) return "reached";
  if (clear === all.length) return "not_yet";
  if (counts[HOME] === 1) return "home_clear";
  return isCoarsest && counts[RARE] === 1 ? "rare_clear" : "single_clear";
};

// What still works for whoever uses the app. The weather is the same all over town.
export const works = (grid, pace) => ({
  route: grid <= 10 && pace <= 10,
  bus: grid <= 500 && pace <= 60,
  weather: true,
});
