// Hellingen, the made-up town of the labs: its places, its streets, its map.
//
// Everything lies in a field of 1000 × 700, north is up, one unit is five metres
// (5 × 3.5 km). places holds name, kind, x and y by id; streets, river and railway are
// lines of [x, y]. Nothing here needs a document but townMap.
//
//   townMap({ label, children })   the drawing, as one SVG with "label" as its text;
//                                  children are drawn above it (circles, paths, <g>);
//                                  role: "group" if they can be operated
//   places.bahnhof.x               where something is
//   named(id, language)            its name, with what it means in another language
//   metres(a, b)                   how far apart two points are
//   nearest(point, ids)            the id of the place nearest to a point
//   houseSpots()                   where houses are drawn

import { dice, svg } from "./kit.js";

export const FIELD = { width: 1000, height: 700, unit: 5 };

const place = (name, kind, x, y) => ({ name, kind, x, y });

export const places = {
  rathaus: place("Rathaus", "civic", 490, 262),
  kirche: place("Kirche St. Marien", "church", 542, 232),
  bibliothek: place("Stadtbibliothek", "library", 428, 292),
  lange: place("Lange Straße", "shop", 510, 305),
  bahnhof: place("Bahnhof", "station", 640, 158),
  parkhaus: place("Parkhaus", "car", 590, 190),
  gesamtschule: place("Gesamtschule", "school", 340, 180),
  grundschule: place("Grundschule am Wehr", "school", 700, 352),
  klinik: place("Krankenhaus", "health", 812, 262),
  aerztehaus: place("Ärztehaus", "health", 604, 292),
  gewerkschaft: place("Gewerkschaftshaus", "meet", 706, 222),
  gewerbe: place("Gewerbegebiet Ost", "work", 892, 420),
  druckerei: place("Druckerei", "work", 838, 392),
  sportplatz: place("Sportplatz", "sport", 396, 500),
  bad: place("Freibad", "swim", 300, 432),
  moschee: place("Moschee", "mosque", 652, 470),
  park: place("Stadtpark", "green", 476, 402),
  wald: place("Stadtwald", "green", 890, 100),
  gaerten: place("Kleingärten", "green", 470, 626),
  supermarkt: place("Supermarkt", "shop", 278, 288),
  muehlenhof: place("Mühlenhof 7", "home", 158, 262),
  nordring: place("Nordring", "home", 480, 96),
  ufer: place("Uferweg 12", "home", 574, 534),
  amhang: place("Am Hang", "home", 196, 574),
  werk: place("Wasserwerk", "water", 190, 138),
};

// What the names mean to whoever knows no German; streets and estates mean nothing.
const MEANINGS = {
  en: {
    rathaus: "town hall", kirche: "church", bibliothek: "public library", bahnhof: "station", parkhaus: "car park",
    gesamtschule: "comprehensive school", grundschule: "primary school", klinik: "hospital", aerztehaus: "medical centre",
    gewerkschaft: "trade union office", gewerbe: "industrial estate", druckerei: "printing works", sportplatz: "sports ground",
    bad: "open-air pool", moschee: "mosque", park: "park", wald: "woods", gaerten: "allotments", werk: "waterworks",
  },
};

export const named = (id, language) => {
  const meaning = MEANINGS[language.split("-")[0]]?.[id];
  return meaning ? `${places[id].name} (${meaning})` : places[id].name;
};

// How a street is drawn follows from its first value: 2 is a main road, 1 any other.
export const streets = [
  [2, [0, 330], [120, 312], [250, 322], [360, 290], [430, 262], [510, 282], [600, 262], [720, 292], [830, 302], [1000, 320]],
  [2, [640, 176], [610, 230], [600, 262], [580, 330], [556, 398], [560, 470], [540, 570], [560, 700]],
  [2, [360, 290], [380, 200], [410, 120], [420, 0]],
  [2, [250, 322], [232, 400], [240, 480], [300, 560], [420, 590], [540, 570]],
  [2, [640, 176], [760, 190], [830, 302], [850, 400], [900, 470], [1000, 500]],
  [1, [120, 312], [126, 240], [150, 180], [240, 170], [380, 200], [500, 180], [640, 176]],
  [1, [410, 120], [500, 118], [580, 96], [590, 30]],
  [1, [500, 180], [490, 262], [470, 330], [400, 350], [360, 290]],
  [1, [470, 330], [580, 330], [680, 372], [720, 292]],
  [1, [560, 470], [650, 500], [740, 560], [850, 590]],
  [1, [650, 500], [620, 590], [540, 570]],
  [1, [740, 560], [720, 640], [560, 650]],
  [1, [240, 480], [150, 500], [90, 560], [110, 640], [220, 650], [300, 560]],
  [1, [150, 500], [180, 570], [220, 650]],
  [1, [120, 312], [70, 380], [100, 450], [150, 500]],
  [1, [70, 380], [232, 400]],
  [1, [240, 170], [250, 322]],
  [1, [850, 400], [790, 430], [800, 500], [900, 540], [900, 470]],
  [1, [240, 480], [340, 470], [440, 510], [420, 590]],
  [1, [720, 292], [706, 240], [760, 190]],
];

export const river = [[-20, 190], [90, 210], [180, 232], [290, 370], [380, 398], [500, 432], [600, 420], [690, 436], [780, 540], [900, 620], [1020, 640]];
export const railway = [[-20, 60], [160, 90], [340, 60], [520, 140], [640, 140], [800, 150], [940, 220], [1020, 240]];

export const metres = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) * FIELD.unit;

export const nearest = (point, ids = Object.keys(places)) =>
  ids.reduce((best, id) => (metres(places[id], point) < metres(places[best], point) ? id : best));

// --- The drawing ---------------------------------------------------------------------

const GREENS = [
  [890, 92, 150, 96], [70, 660, 110, 60], [470, 392, 92, 34], [470, 634, 74, 40], [396, 506, 50, 30], [300, 436, 40, 26], [990, 610, 60, 90],
];
const HALLS = [[800, 352], [872, 352], [930, 380], [842, 450], [930, 430], [846, 510], [760, 464]];
// One small drawing for each kind, around 0,0 in a field of 24.
const MARKS = {
  civic: "M-9 9V-3L0-9 9-3V9zM-4 9V1M0 9V1M4 9V1",
  library: "M0-6C-4-9-8-8-10-7V7c3-2 7-2 10 0 3-2 7-2 10 0V-7C8-8 4-9 0-6zM0-6V7",
  water: "M0-10C4-3 7 0 7 4a7 7 0 0 1-14 0C-7 0-4-3 0-10z",
  church: "M-8 10V1L0-5 8 1V10zM0-5V-13M-3-10H3",
  mosque: "M-9 10V3a9 8 0 0 1 18 0V10zM0-5V-9M2-14a4 4 0 1 0 2 4",
  shop: "M-8-2 -5 9H5L8-2zM-4-2a4 7 0 0 1 8 0",
  station: "M-7-9H7V5H-7zM-7-2H7M-4 5-7 10M4 5 7 10",
  car: "M-8-9H8V9H-8zM-2 5V-5H2a3 3 0 0 1 0 6H-2",
  school: "M-10 0 0-7 10 0 0 6zM-6 3V8c4 3 8 3 12 0V3",
  health: "M-3-9H3V-3H9V3H3V9H-3V3H-9V-3H-3z",
  meet: "M-9-8H9V4H1L-4 9V4H-9z",
  work: "M-10 9V-2L-4-6V-2L2-6V-2H10V9z",
  sport: "M-9 0a9 9 0 1 0 18 0 9 9 0 1 0-18 0M-9 0H9M0-9V9",
  swim: "M-10-2q5-5 10 0t10 0M-10 5q5-5 10 0t10 0",
  green: "M0 10V2M0-10 8 2H-8z",
  home: "M-8 9V0L0-8 8 0V9z",
};
const NAMED = {
  bahnhof: [0, -24], rathaus: [-14, -20], klinik: [10, -26], gewerbe: [-70, 40], park: [0, -22], wald: [0, 40], amhang: [0, -24], nordring: [80, -26],
};

const line = (points) => `M${points.map(([x, y]) => `${x} ${y}`).join("L")}`;

// Rounds the corners: straight to the middle of each leg, a bend around each corner.
const bend = (points) => {
  const half = ([x, y], [a, b]) => `${(x + a) / 2} ${(y + b) / 2}`;
  const inner = points.slice(1, -1).map((corner, at) => `Q${corner.join(" ")} ${half(corner, points[at + 2])}`);
  return `M${points[0].join(" ")}L${half(points[0], points[1])}${inner.join("")}L${points.at(-1).join(" ")}`;
};

const toLeg = ([x, y], [a, b], [c, d]) => {
  const [dx, dy] = [c - a, d - b];
  const along = Math.max(0, Math.min(1, ((x - a) * dx + (y - b) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - a - along * dx, y - b - along * dy);
};
const toLine = (spot, points) => Math.min(...points.slice(1).map((to, at) => toLeg(spot, points[at], to)));

const isFree = (spot, houses) => {
  const [x, y] = spot;
  return (
    streets.every(([, ...points]) => toLine(spot, points) > 12) &&
    toLine(spot, river) > 30 &&
    toLine(spot, railway) > 20 &&
    GREENS.every(([a, b, w, h]) => ((x - a) / (w + 9)) ** 2 + ((y - b) / (h + 9)) ** 2 > 1) &&
    Object.values(places).every((each) => Math.hypot(each.x - x, each.y - y) > 24) &&
    houses.every(([a, b]) => Math.hypot(a - x, b - y) > 13) &&
    HALLS.every(([a, b]) => Math.hypot(a - x, b - y) > 44)
  );
};

// Houses stand along the streets, on both sides, wherever nothing else is.
const settle = () => {
  const random = dice(7);
  const found = [];
  for (const [, ...points] of streets)
    points.slice(1).forEach(([c, d], at) => {
      const [a, b] = points[at];
      const length = Math.hypot(c - a, d - b);
      const [ux, uy] = [(c - a) / length, (d - b) / length];
      for (let along = 8; along < length; along += 17)
        for (const side of [-16, 16]) {
          const spot = [a + ux * along - uy * side, b + uy * along + ux * side];
          if (random() < 0.86 && isFree(spot, found)) found.push([...spot, ux, uy, 4 + random() * 3]);
        }
    });
  return found;
};

const house = ([x, y, ux, uy, half]) => {
  const corner = (s, t) => `${(x + ux * s - uy * t).toFixed(1)} ${(y + uy * s + ux * t).toFixed(1)}`;
  return `M${corner(-half, -4.5)}L${corner(half, -4.5)}L${corner(half, 4.5)}L${corner(-half, 4.5)}z`;
};

const mark = ([id, { kind, x, y }]) =>
  svg("g", { class: `lab-town-mark${id in NAMED ? "" : " is-minor"}`, transform: `translate(${x} ${y})` },
    svg("circle", { r: 17 }), svg("path", { d: MARKS[kind] }));

const name = ([id, [dx, dy]]) => svg("text", { x: places[id].x + dx, y: places[id].y + dy }, places[id].name.replace(" Ost", ""));

let settled = null; // thought out once
// Where houses are drawn: [x, y, …] each.
export const houseSpots = () => (settled ??= settle());

export const townMap = ({ label, children = [], role = "img" }) => {
  const path = (kind, d) => svg("path", { class: `lab-town-${kind}`, d });
  const ways = (rank) => streets.filter(([each]) => each === rank).map(([, ...points]) => bend(points)).join("");
  return svg("svg", { class: "lab-town", viewBox: `0 0 ${FIELD.width} ${FIELD.height}`, role, "aria-label": label },
    svg("rect", { class: "lab-town-ground", width: FIELD.width, height: FIELD.height }),
    ...GREENS.map(([cx, cy, rx, ry]) => svg("ellipse", { class: "lab-town-green", cx, cy, rx, ry })),
    path("old", "M412 238C450 206 560 202 592 232S596 326 560 344 440 346 412 318 396 256 412 238z"),
    path("bank", bend(river)), path("river", bend(river)),
    path("edge", ways(1)), path("edge is-main", ways(2)), path("way", ways(1)), path("way is-main", ways(2)),
    path("rail", bend(railway)), path("ties", bend(railway)),
    path("houses", houseSpots().map(house).join("")),
    path("houses", HALLS.map(([x, y]) => `M${x - 26} ${y - 14}h52v28h-52z`).join("")),
    svg("g", {}, ...Object.entries(places).filter(([, { kind }]) => kind !== "home").map(mark)),
    svg("g", { class: "lab-town-names", "aria-hidden": "true" }, ...Object.entries(NAMED).map(name),
      svg("text", { class: "is-water", x: 842, y: 578, transform: "rotate(34 842 578)" }, "Helle")),
    svg("g", { class: "lab-town-scale", "aria-hidden": "true" }, svg("path", { d: "M30 664v12h200v-12" }), svg("text", { x: 130, y: 660 }, "1 km")),
    ...children,
  );
};
