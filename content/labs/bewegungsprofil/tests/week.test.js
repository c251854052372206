import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { dice } from "../../../static/labs/kit.js";
import { houseSpots, metres, named, nearest, places, streets } from "../../../static/labs/hellingen.js";
import { alike, blurred, comment, couldBe, crowd, filtered, GRIDS, minutesAt, PACES, sampled, stays, works } from "../static/clues.js";
import { crossings, STEP, week, way } from "../static/week.js";

const points = week(places, streets, dice(3));

test("a week is a point every ten minutes, and the same each time", () => {
  assert.equal(points.length, 7 * 24 * 6);
  assert.deepEqual(week(places, streets, dice(3)), points);
});

test("a phone that stays is near its place", () => {
  for (const each of points.filter(({ place }) => place)) assert.ok(metres(each, places[each.place]) < 30);
});

test("every corner of the town can be reached from every other", () => {
  const corners = crossings(streets);
  for (const id of Object.keys(places)) assert.ok(way(places.muehlenhof, places[id], corners).length >= 3, id);
  const seen = new Set([corners[0]]);
  for (const each of seen) for (const next of each.next) seen.add(next);
  assert.equal(seen.size, corners.length);
});

test("nights show the home first and the second flat next", () => {
  const nights = stays(filtered(points, "week", "night"));
  assert.deepEqual(nights.slice(0, 2).map(([id]) => id), ["muehlenhof", "ufer"]);
  assert.ok(nights[0][1] > 2 * nights[1][1]);
});

test("mornings of workdays show the work, Friday noon the mosque", () => {
  assert.equal(stays(filtered(points, "workdays", "morning"))[0][0], "druckerei");
  assert.ok(minutesAt(filtered(points, "friday", "noon"), "moschee") >= 40);
  assert.equal(minutesAt(filtered(points, "weekend", "noon"), "moschee"), 0);
});

test("home is a crowd, home and work are one", () => {
  const people = crowd(dice(11));
  assert.ok(alike(people, ["home"]).length > 10);
  assert.ok(alike(people, ["work"]).length > 20);
  assert.equal(alike(people, ["home", "work", "evening"]).length, 1);
  assert.ok(alike(people, ["home", "work"]).length <= 3);
});

const finding = (id, others, part) => ({ place: { id, ...places[id] }, others: others.map((each) => places[each]), part });

test("fewer points lose short visits first, home stays", () => {
  const doctor = finding("aerztehaus", ["klinik"]);
  assert.equal(couldBe(points, doctor, GRIDS[0], 60), 1);
  assert.equal(couldBe(points, doctor, GRIDS[0], 1440), 0);
  assert.equal(couldBe(points, finding("muehlenhof", [], "night"), GRIDS[0], 1440), 1);
});

test("a coarse grid makes one of many", () => {
  const doctor = finding("aerztehaus", ["klinik"]);
  assert.equal(couldBe(points, doctor, 5000, 10), 2);
  assert.equal(couldBe(points, doctor, 100, 10), 1);
  assert.equal(blurred(points, 5000).length, 1);
});

test("neither seldom nor coarse is enough alone, both are", () => {
  const houses = houseSpots().map(([x, y]) => ({ x, y }));
  const home = { ...finding("muehlenhof", [], "night"), others: houses };
  const faith = finding("moschee", ["kirche"]);
  const [fine, coarse, seldom] = [GRIDS[0], GRIDS.at(-1), PACES[2]];
  assert.equal(couldBe(points, home, fine, PACES.at(-1)), 1);
  assert.equal(couldBe(points, faith, coarse, PACES[0]), 1);
  assert.ok(couldBe(points, home, coarse, seldom) > 40);
  assert.equal(couldBe(points, faith, coarse, seldom), 0);
});

test("what is left out is left out", () => {
  assert.deepEqual(PACES.map((pace) => sampled(points, pace).length), [1008, 168, 42, 7]);
});

test("the weather works with what a route does not", () => {
  assert.deepEqual(works(2000, 1440), { route: false, bus: false, weather: true });
  assert.deepEqual(works(10, 10), { route: true, bus: true, weather: true });
});

test("the nearest of some places is found", () => {
  assert.equal(nearest({ x: 600, y: 300 }, ["klinik", "aerztehaus"]), "aerztehaus");
  assert.equal(metres({ x: 0, y: 0 }, { x: 30, y: 40 }), 250);
});

test("what is said about the blurring fits what is still clear", () => {
  const ids = ["home", "work", "night", "doctor", "faith", "club", "union"];
  const about = (counts, isCoarsest = false) => comment(Object.fromEntries(ids.map((id, at) => [id, counts[at]])), isCoarsest);
  assert.equal(about([1, 1, 1, 1, 1, 1, 1]), "not_yet");
  assert.equal(about([1, 1, 1, 0, 0, 1, 1]), "home_clear");
  assert.equal(about([5, 1, 12, 1, 1, 1, 1]), "single_clear");
  assert.equal(about([82, 2, 72, 1, 1, 2, 3], true), "rare_clear");
  assert.equal(about([82, 2, 72, 0, 0, 2, 3], true), "reached");
});

test("what is said goes by what a finding is, not by where it stands", () => {
  assert.equal(comment({ faith: 1, club: 2, home: 82 }, true), "rare_clear");
  assert.equal(comment({ faith: 2, home: 1 }, true), "home_clear");
});

const DAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
const clock = (minute) => `${Math.floor(minute / 60)}.${String(minute % 60).padStart(2, "0")}`;

// Returns the stays of the week in order: [{ place, from, to }], in minutes of the week.
const inOrder = () => {
  const found = [];
  for (const { place, minute } of points) {
    const last = found.at(-1);
    if (place && last?.place === place && last.to === minute) last.to += STEP;
    else if (place) found.push({ place, from: minute, to: minute + STEP });
  }
  return found;
};

test("the strips of the paper are the week, but for the hours at home between two ways", () => {
  const paper = readFileSync(new URL("../paper.html", import.meta.url), "utf8");
  const rows = [...paper.matchAll(/<td>(\S+)<\/td><td>(\S+) bis (\S+)<\/td><td>([^<(]+?)(?: \([^<]*)?<\/td>/g)];
  const strips = rows.map(([, ...cells]) => cells.join(" "));
  const isBetween = ({ place, from, to }) => place === "muehlenhof" && from % 1440 > 0 && to % 1440 > from % 1440;
  const lived = inOrder().filter((stay) => !isBetween(stay)).map(({ place, from, to }) => {
    const end = to % 1440 ? clock(to % 1440) : "24.00";
    return `${DAYS[Math.floor(from / 1440)]} ${clock(from % 1440)} ${end} ${places[place].name}`;
  });
  assert.deepEqual(strips, lived);
});

test("a place says what its name means where German is not understood", () => {
  assert.equal(named("druckerei", "de-DE"), "Druckerei");
  assert.equal(named("druckerei", "en-GB"), "Druckerei (printing works)");
  assert.equal(named("ufer", "en-GB"), "Uferweg 12");
});
