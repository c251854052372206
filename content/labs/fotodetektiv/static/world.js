// Outlines for the place of an own photo, where no map may be loaded: the world (one unit
// is one degree) and Germany. Simplified from Natural Earth 4.1 (public domain), from the
// files land-110m and countries-50m of world-atlas 2.0.2.

const WORLD =
  "M112 144l3 1-7-1-3-1zM353 131l1 0-1 3-5 3-1-1zM355 126l4 2-4 3-2-6zM230 104l-3 11-3 0-1-4 1-5 5-4zM324 104l9 12 0 6-4 6-8 0-3-4-1 1 1-2-2 2-5-4-14 4-2-1 0-5-1-7 7-2 5-6 4 1 2-4 4 1-1 3 5 3 3-7zM289 97l7 1-5 0-6-1zM314 91l1 2 3-1 7 2 6 7-6-3-2 1-5-1 0-3-5-1-1-1 2-1-3-1zM305 89l-5 1 1 1 2 0-1 1 1 3-2 0 0-2-2 2 1-6zM286 96l-3-2-8-9 2 0 7 5zM298 88l1 1-4 5-5-1-1-3 1-2 7-5 2 2zM100 67l6 3-4 0-1-2-6 0zM321 53l-1 2-4 2-5-1 0 3-2-2 7-3 5-5zM324 46l2 1-6 1 2-4zM124 39l3 3-1 0-5 0zM324 39l0 5-2 0 0-4 0-4zM173 38l-3 0 2-3 2 0zM177 31l0 3 4 5-7 1 3-4-3-3zM165 24l1 1-5 2-5-2 2 0-2-1zM0 21l10 3-4 2-5-2-1 1zM360 25l-3 0 2 3-15 2-2 5-5 4-1-6 8-6-4 2-3 0-2 2-13 0-7 4 5 1 1 2-3 6-10 6 1 5-3 1-1-6-4 1 1-2-4 2 1 2 3 0-3 2 3 3 0 4-6 5-10 3 3 7-4 4-5-4-1 4 5 8-6-7-1-9-3 1-3-7-4 2-7 5 0 6-2 2-5-13-3 0-4-4-9-1-9-4 4 6 4-2 4 4-5 5-12 4-8-17-1 2-2-2 11 18 2 2 6-2 0 1-3 7-9 9 1 11-5 4 0 4-9 10-8 0-3-7-3-9 2-7-5-10 0-5-5-2-5 1-8 0-9-10 2-9 10-12 16-1 1 0-1 3 9 4 3-3 12 2 2-6-8 0-2-2 8-3 8 0-5-3 2-2-5 3-3-3-3 4 1 2-6 1 1 2-2 2-2-6-7-4 0 2 5 4-1 0-1 2-7-6-6 1-5 6-7 0 0-6 8-1 0-2-4-3 13-5 1-3 2-1 0 4 9 0 2-3 2 0-1-2 6-1-8-1 1-2 3-2-1-1-6 3 1 3-3 4-3 1-3-4-4 0-1-3 14-8 9-1 13 4-8 0 4 3 7-2-1-3 3 1 0 1 8-2 6 1 1-2 8 2-2-3 3-2 3 1-1 6 3-2-2-3 2-2 1 2 5-1 0-2 23-4 10 2-5 2 18 0 4 3 9-2 21 4 18 0zM89 21l4 2 1-3 3 0 2 2-12 6-2 3 3 2 10 2 2 4 1-2-1-2 3-2-2-2 1-3 4 0 4 1 2 3 3-2 9 8-10 2-5 3 6-2 1 3 4 0-5 2 1-1-3 0-4 2 1 1-6 3 0 2 0-2 0 3-5 5 1 6-4-5-13 2-1 6 2 3 4 0 5-3-2 6 6 1-1 4 3 2 4 0 5-3 0 3 2-3 2 1 6 0 5 5 6 2 1 4 10 3 5 4-4 6-2 9-7 3-6 9-4 0 1 3-8 4 2 2-4 3 1 1-3 4 1 1-3 2-4-2-1-3 2-2-2 0 3-5-1 1 4-23-6-5-5-9 1-3-1-2 4-5-1-4-3 1-5-3-1-3-16-5-12-14 6 9-3-2-12-15-1-8 2 1 0-2-4-2-7-7-13-3-5 2 1-2-7 5-7 2 8-5-5 0-4-2 5-4-7-1 6 0-5-2 10-3 20 2 9-1 19 3 3-2 10 2 2-2-2-1 1-2zM66 17l6 1 0-1 1 0 6 3-6 1-6 0-4-1 5 0-7-2zM93 17l15 1 10 5-2 2-4-1 3 3-4-1 3 2-13-3 6-2-4-3-13-1 1-2zM80 16l3 1 0 1-1 1-4-2zM60 19l-6-1 1-2 3 0 6 1zM72 14l2 1-10 0-2 0zM238 19l-7-1 10-4 8-1-11 3-3 2zM85 13l15 2-12 0-5-2zM198 10l4 1-5 2-4-1-3-2zM93 10l1 1-5 1-5-2 4-1zM112 7l6 0-15 4 2 0-6 3-8 0 1-2 3 0-3 0 3-1-2-1 5 0-10-2zM153 6l6 1-11 1 20 1-8 1 2 0-2 1 2 2-4 0 3 3-6 2 3 1-4 1 4 0-18 5-3 5-3-1-3 0-5-5 3-4-4 0 4-1-5-1 1-1-2-2-12-1-2-1 4 0-6-1 13-4z";
const GERMANY =
  "M290 798l-22-15-20 1-19-12-11 9 10 7-9 3-55-2 3-55 15-48 19-25 0-8-44-18-46-1-13-24-12-5 9-35-15-7-9-22 4-14 12-9-1-13-11-7 4-8-15-15 3-16-12-12 17-12-3-7 7-19-15-39 50-11 4-7-5-10 17-13 3-17-22-15 4-10 17 0 11-34 1-31-10-10 10-28 52-3 10 15-4 7 9 2 5-16 11 10 0 12 2-39 6-10 37 2 24 26 13 5-30-31-21-7-5-7 0-26-17-3 1-11 19-7 0-7-17-25-1-11 37 9 31-2 18 16 1 9-10 11 17-2 5 8 9-3 24 12 18-6 3 10-16 20 3 7 35 6 25-19 20-3 30-30 29 6 27 27 17-1 9 30 26 12 9 51-18 34 32 35-5 17 13 28-10 25 9 20-1 11 12 6 7 21-16 43-10-4-4-13-15-5-4 4 8 10-52 20-40 29-25 2-17 21-12-12 7 20 20 20-8 16 19 33 72 64-6 23-15-4-7 22-39 25 12 22-4 17 11 6-3 18-21-19-13 3-18-8-1 10-30 4-43 19-11-13-28-3-4 18-12 9 1-8-15-14-14-8zM557 112l0 10-14-6-8 9-13-12 5-21 12-12 15 14-5 10zM590 155l0 8-19-1 0-12-6-13z";

const CITIES = [
  ["Berlin", 52.52, 13.4], ["Hamburg", 53.55, 9.99], ["München", 48.14, 11.58], ["Köln", 50.94, 6.96], ["Frankfurt am Main", 50.11, 8.68],
  ["Stuttgart", 48.78, 9.18], ["Leipzig", 51.34, 12.37], ["Hannover", 52.37, 9.73], ["Nürnberg", 49.45, 11.08], ["Bremen", 53.08, 8.81],
];

// Each frame: its lines, how large it is, and where a place lies in it.
const FRAMES = {
  germany: { outline: GERMANY, width: 704, height: 850, spot: ({ latitude, longitude }) => [(longitude - 5) * 64, (55.5 - latitude) * 100] },
  world: { outline: WORLD, width: 360, height: 150, spot: ({ latitude, longitude }) => [longitude + 180, 90 - latitude] },
};

export const frameFor = ({ latitude, longitude }) =>
  latitude > 47.2 && latitude < 55.1 && longitude > 5.8 && longitude < 15.1 ? "germany" : "world";

export const frames = FRAMES;

// The nearest large city and how far it is, in kilometres along the ground.
export const nearestCity = ({ latitude, longitude }) => {
  const radians = Math.PI / 180;
  const away = ([, north, east]) => {
    const half = Math.sin(((north - latitude) * radians) / 2) ** 2 +
      Math.cos(north * radians) * Math.cos(latitude * radians) * Math.sin(((east - longitude) * radians) / 2) ** 2;
    return 12_742 * Math.asin(Math.sqrt(half));
  };
  const city = CITIES.reduce((best, each) => (away(each) < away(best) ? each : best));
  return { name: city[0], km: Math.round(away(city)) };
};

export const cities = CITIES.map(([name, latitude, longitude]) => ({ name, latitude, longitude }));

// Hellingen lies nowhere. Its map is spread over a piece of open North Sea.
const CORNER = { latitude: 54.53, longitude: 6.5 };

export const inHellingen = ({ latitude, longitude }, unit = 5) => ({
  x: ((longitude - CORNER.longitude) * 111_320 * Math.cos((CORNER.latitude * Math.PI) / 180)) / unit,
  y: ((CORNER.latitude - latitude) * 111_320) / unit,
});
