// What a photo tells besides its picture, put in order: raw values, no words.

import { asText, GPS, TAG } from "./exif.js";

const METRES = 111_320; // one degree of latitude

const isNumber = (value) => Number.isFinite(value);

const rounded = (value, digits) => Number(value.toFixed(digits));

// Degrees, minutes and seconds. Many programs write "0/0" for seconds: a part that is
// missing or no number counts as none, or the page would overlook a place.
const angleOf = (values) => (Array.isArray(values) ? [values[0], ...[values[1], values[2]].map((part) => (isNumber(part) ? part : 0))] : [NaN, 0, 0]);

const degrees = ([whole, minutes, seconds], isNegative) => {
  const sum = whole + minutes / 60 + seconds / 3600;
  return isNumber(sum) ? (isNegative ? -sum : sum) : NaN;
};

// How fine coordinates are written, in metres: seconds with hundredths, whole minutes, …
const fineness = ([whole, minutes, seconds]) => {
  if (seconds % 1) return 1;
  if (seconds) return METRES / 3600;
  return minutes % 1 || whole % 1 ? 5 : METRES / 60;
};

const place = (gps) => {
  const [north, east] = [angleOf(gps[GPS.latitude]), angleOf(gps[GPS.longitude])];
  const latitude = degrees(north, gps[GPS.northOrSouth] === "S");
  const longitude = degrees(east, gps[GPS.eastOrWest] === "W");
  const isSomewhere = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude || longitude);
  if (!isSomewhere) return null;
  const [error] = gps[GPS.error] ?? [];
  const isMeasured = error > 0 && isNumber(error);
  const metres = Math.round(isMeasured ? Math.max(error, 1) : Math.max(fineness(north), 5));
  return { latitude, longitude, metres, isMeasured, altitude: gps[GPS.altitude]?.[0], direction: gps[GPS.direction]?.[0] };
};

// "2026:08:03 09:12:44" as a date whose UTC values are those of the place.
export const moment = (text) => {
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d)/.exec(text ?? "");
  if (!found || found[1] === "0000") return null;
  const [, year, month, day, hour, minute] = found.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const shown = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes()];
  // A month 13 would quietly become the January after: only what comes back the same counts.
  return String(shown) === String([year, month, day, hour, minute]) ? date : null;
};

const device = (make = "", model = "") => (model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`).trim();

const SHORT = 0.26; // seconds: from a quarter down, cameras write a fraction

const exposureOf = (seconds) => (seconds < SHORT ? `1/${Math.round(1 / seconds)} s` : `${rounded(seconds, 1)} s`);

const settings = (detail) => {
  const [[exposure], [aperture], [iso]] = [detail[TAG.exposure] ?? [], detail[TAG.aperture] ?? [], detail[TAG.iso] ?? []];
  return [
    exposure > 0 && isNumber(exposure) && exposureOf(exposure),
    aperture > 0 && isNumber(aperture) && `f/${rounded(aperture, 2)}`,
    iso > 0 && isNumber(iso) && `ISO ${iso}`,
  ].filter(Boolean).join(", ");
};

// A coordinate in XMP, "54,30.25N" or "54,30,15N", as Exif has it: the numbers, the letter.
const xmpAngle = (text, name) => {
  const [, numbers, letter] = new RegExp(`${name}\\s*(?:=\\s*["']|>)\\s*([\\d.,]{1,40})([NSEW])`).exec(text) ?? [];
  return [numbers?.split(",").map(Number), letter];
};

const gpsInXmp = (text) => {
  const [latitude, northOrSouth] = xmpAngle(text, "GPSLatitude");
  const [longitude, eastOrWest] = xmpAngle(text, "GPSLongitude");
  return { [GPS.latitude]: latitude, [GPS.northOrSouth]: northOrSouth, [GPS.longitude]: longitude, [GPS.eastOrWest]: eastOrWest };
};

// XMP is a text; of it only where the picture was taken, who made it and with what.
const fromXmp = (text) => {
  const pick = (pattern) => (pattern.exec(text)?.[1] ?? "").trim().slice(0, 200);
  return {
    place: place(gpsInXmp(text)),
    software: pick(/CreatorTool(?:="|>)([^"<]+)/),
    owner: pick(/<dc:creator>[\s\S]{0,200}?<rdf:li[^>]*>([^<]+)/),
  };
};

const textsOf = ({ bytes, parts, format }) =>
  parts.filter(({ kind, name }) => kind === "text" && name !== "zTXt" && name !== "tIME").map((part) => {
    const end = format === "png" ? part.end - 4 : part.end;
    const text = new TextDecoder().decode(bytes.subarray(part.dataAt, Math.min(end, part.dataAt + 400)));
    return text.replace(/\0+/g, ": ").replace(/[\u0001-\u001f]/g, " ").trim();
  }).filter(Boolean);

const room = (parts, test) => parts.filter(test).reduce((sum, { start, end }) => sum + end - start, 0);

const HARD_TO_READ = ["xmp", "iptc", "text", "extra"];

// Whether there is anything besides what this page understands: what it has not found may
// stand there.
const isOpaque = ({ parts, exif }) => {
  const blocks = parts.filter(({ kind }) => kind === "exif").length;
  const isBroken = blocks > 1 || (blocks === 1 && !Object.keys(exif?.main ?? {}).length);
  const isThere = exif && (exif.main[TAG.gps] || Object.keys(exif.gps).length || exif.detail[TAG.maker]);
  return Boolean(isBroken || isThere || parts.some(({ kind }) => HARD_TO_READ.includes(kind)));
};

// Returns everything known; what is not there is null, "" or 0.
export const factsOf = (photo) => {
  const { bytes, parts, exif } = photo;
  const { main = {}, detail = {}, gps = {}, thumbnail = null } = exif ?? {};
  const packets = parts.filter(({ kind }) => kind === "xmp");
  const xmp = fromXmp(packets.map(({ dataAt, end }) => new TextDecoder().decode(bytes.subarray(dataAt, end))).join("\n"));
  const word = (tags, tag) => (typeof tags[tag] === "string" ? tags[tag].slice(0, 200) : "");
  const comment = detail[TAG.comment] instanceof Uint8Array ? asText(detail[TAG.comment].subarray(8, 400)) : "";
  return {
    place: place(gps) ?? xmp.place,
    isOpaque: isOpaque(photo),
    time: moment(word(detail, TAG.taken)) ?? moment(word(main, TAG.changed)),
    device: device(word(main, TAG.make), word(main, TAG.model)),
    serial: word(detail, TAG.serial),
    settings: settings(detail),
    owner: word(main, TAG.artist) || word(detail, TAG.owner) || word(main, TAG.copyright) || xmp.owner,
    software: word(main, TAG.software) || xmp.software,
    description: [word(main, TAG.description), comment, ...textsOf(photo)].filter(Boolean).join(" · ").slice(0, 300),
    thumbnail,
    turned: main[TAG.orientation]?.[0] ?? 1,
    maker: detail[TAG.maker]?.length ?? 0,
    xmp: room(parts, ({ kind }) => kind === "xmp"),
    iptc: room(parts, ({ kind }) => kind === "iptc"),
    tail: room(parts, ({ kind }) => kind === "extra"),
    bytes: bytes.length,
    told: room(parts, ({ kind }) => kind !== "picture" && kind !== "colour"),
  };
};
