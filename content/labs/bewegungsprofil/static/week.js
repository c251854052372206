// One week of a made-up phone in Hellingen: where it is, every ten minutes.
//
// Nothing here needs a document; places and streets are handed in, so that Node can test it.

export const STEP = 10; // minutes between two points
export const DAY = 24 * 60;
const NOISE = 4; // units (five metres each) that a phone is off, at most
const PACE = 240; // units in ten minutes: 1.2 kilometres, by bicycle or bus

const workday = [
  ["07:30", "druckerei"],
  ["16:00", "muehlenhof"],
];
// From which time on the phone is where. Each day begins where the day before ended.
export const ROUTINE = [
  [...workday, ["18:20", "sportplatz"], ["20:20", "muehlenhof"]],
  [["07:30", "druckerei"], ["16:30", "aerztehaus"], ["17:40", "gewerkschaft"], ["19:30", "muehlenhof"]],
  [["07:30", "druckerei"], ["16:00", "supermarkt"], ["17:00", "muehlenhof"], ["19:00", "ufer"]],
  [...workday, ["18:20", "sportplatz"], ["20:20", "muehlenhof"]],
  [["07:30", "druckerei"], ["12:50", "moschee"], ["13:50", "druckerei"], ["15:30", "muehlenhof"]],
  [["10:00", "supermarkt"], ["11:30", "muehlenhof"], ["15:00", "bad"], ["18:00", "ufer"]],
  [["11:00", "park"], ["13:00", "ufer"], ["18:00", "muehlenhof"]],
];

const minutes = (clock) => {
  const [hours, rest] = clock.split(":").map(Number);
  return hours * 60 + rest;
};

// Returns the corners of the streets and who is next to whom: {"640,176": {at, next}}.
export const crossings = (streets) => {
  const found = {};
  const at = (spot) => (found[spot] ||= { x: spot[0], y: spot[1], next: new Set() });
  for (const [, ...points] of streets)
    points.slice(1).forEach((to, index) => {
      at(points[index]).next.add(at(to));
      at(to).next.add(at(points[index]));
    });
  return Object.values(found);
};

const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
const closest = (spot, all) => all.reduce((best, each) => (far(each, spot) < far(best, spot) ? each : best));

// Returns the shortest way along the streets (Dijkstra), with both ends.
export const way = (from, to, corners) => {
  const [start, end] = [closest(from, corners), closest(to, corners)];
  const cost = new Map([[start, 0]]);
  const before = new Map();
  const open = new Set([start]);
  while (open.size) {
    const here = [...open].reduce((best, each) => (cost.get(each) < cost.get(best) ? each : best));
    open.delete(here);
    if (here === end) break;
    for (const next of here.next) {
      const price = cost.get(here) + far(here, next);
      if (price >= (cost.get(next) ?? Infinity)) continue;
      cost.set(next, price);
      before.set(next, here);
      open.add(next);
    }
  }
  const path = [to];
  for (let each = end; each; each = before.get(each)) path.unshift(each);
  return [from, ...path];
};

// Returns points on a way, evenly apart, as many as it takes tens of minutes; ends apart.
export const underWay = (path) => {
  const legs = path.slice(1).map((to, index) => far(path[index], to));
  const length = legs.reduce((sum, leg) => sum + leg, 0);
  const count = Math.max(1, Math.min(2, Math.round(length / PACE)));
  return Array.from({ length: count }, (_, index) => along(path, legs, (length * (index + 1)) / (count + 1)));
};

const along = (path, legs, rest) => {
  const leg = legs.findIndex((length, index) => {
    if (rest <= length || index === legs.length - 1) return true;
    rest -= length;
    return false;
  });
  const [from, to] = [path[leg], path[leg + 1]];
  const part = rest / legs[leg];
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
};

// Returns all ways the phone takes, each once.
export const ways = (places, streets) => {
  const corners = crossings(streets);
  const stops = ["muehlenhof", ...ROUTINE.flat().map(([, id]) => id)];
  const pairs = new Set(stops.slice(1).map((id, index) => [id, stops[index]].sort().join(" ")));
  return [...pairs].map((pair) => pair.split(" ")).filter(([a, b]) => a !== b).map(([a, b]) => way(places[a], places[b], corners));
};

// Returns the week: [{ minute, day, clock, x, y, place }]; place is missing under way.
export const week = (places, streets, random) => {
  const corners = crossings(streets);
  const changes = ROUTINE.flatMap((day, index) => day.map(([clock, id]) => ({ minute: index * DAY + minutes(clock), id })));
  const found = [];
  let here = "muehlenhof";
  let next = 0;
  const add = (minute, spot, place) => {
    const off = () => (random() * 2 - 1) * NOISE;
    found.push({ minute, day: Math.floor(minute / DAY), clock: minute % DAY, x: spot.x + off(), y: spot.y + off(), place });
  };
  for (let minute = 0; minute < 7 * DAY; minute += STEP) {
    while (changes[next]?.minute < minute) next += 1;
    const change = changes[next];
    if (change?.minute === minute) here = change.id;
    const ahead = changes[next + (change?.minute === minute ? 1 : 0)];
    const trip = ahead ? underWay(way(places[here], places[ahead.id], corners)) : [];
    const left = ahead ? (ahead.minute - minute) / STEP : Infinity;
    if (left <= trip.length && change?.minute !== minute) add(minute, trip[trip.length - left], undefined);
    else add(minute, places[here], here);
  }
  return found;
};
