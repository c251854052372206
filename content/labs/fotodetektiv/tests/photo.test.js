import assert from "node:assert/strict";
import { test } from "node:test";

import { clean, crc } from "../static/clean.js";
import { onlyTurned, readExif } from "../static/exif.js";
import { factsOf, moment } from "../static/facts.js";
import { bytesOf, open, Unreadable } from "../static/parts.js";
import { rowsOf } from "../static/rows.js";
import { samples } from "../static/vendor/samples.js";
import { frameFor, inHellingen, nearestCity } from "../static/world.js";

const sample = (name) => Uint8Array.from(atob(samples[name]), (letter) => letter.charCodeAt(0));
const latin = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const joined = (...pieces) => Uint8Array.from(pieces.flatMap((piece) => [...piece]));
const segment = (marker, data) => joined([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255], data);
const into = (bytes, ...segments) => joined(bytes.subarray(0, 2), ...segments, bytes.subarray(2));
const holds = (bytes, text) => Buffer.from(bytes).includes(text);

const chunk = (name, data) => {
  const body = joined(latin(name), data);
  const word = (number) => [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255];
  return joined(word(data.length), body, word(crc(body)));
};
const png = (...chunks) => joined(latin("\x89PNG\r\n\x1a\n"), chunk("IHDR", new Uint8Array(13)), ...chunks, chunk("IDAT", latin("pixels")), chunk("IEND", []));
const riff = (name, data) => joined(latin(name), [data.length & 255, data.length >> 8, 0, 0], data, data.length % 2 ? [0] : []);
const webp = (...chunks) => {
  const body = joined(latin("WEBP"), ...chunks);
  return joined(latin("RIFF"), [body.length & 255, body.length >> 8, 0, 0], body);
};

test("the first photo tells place, time, device and how exact the place is", () => {
  const facts = factsOf(open(sample("rad")));
  assert.equal(facts.place.latitude.toFixed(5), "54.50422");
  assert.equal(facts.place.longitude.toFixed(5), "6.51517");
  assert.deepEqual([facts.place.metres, facts.device, facts.settings], [5, "Lumo F5", "1/250 s, f/1.8, ISO 50"]);
  assert.equal(facts.time.toISOString(), "2026-08-03T09:12:00.000Z");
});

test("its place lies Am Hang on the map of Hellingen", () => {
  const { x, y } = inHellingen(factsOf(open(sample("rad"))).place);
  assert.ok(Math.hypot(x - 196, y - 574) < 2, `${x} ${y}`);
});

test("the second photo tells a name, a program and the picture before it was cropped", () => {
  const facts = factsOf(open(sample("tasche")));
  assert.deepEqual([facts.owner, facts.software, facts.place], ["Kim Wolter", "Bildkniff 4.2", null]);
  assert.deepEqual([...facts.thumbnail.subarray(0, 2)], [0xff, 0xd8]);
  assert.equal(open(facts.thumbnail).format, "jpeg");
});

test("the photo from the messenger tells nothing", () => {
  const facts = factsOf(open(sample("strasse")));
  assert.deepEqual([facts.told, facts.time, facts.device], [0, null, ""]);
});

test("a clean copy tells nothing and keeps the picture's bytes", () => {
  for (const name of Object.keys(samples)) {
    const photo = open(sample(name));
    const copy = open(clean(photo));
    const scan = ({ bytes, parts }) => Buffer.from(bytes.subarray(...Object.values(parts.find((part) => part.name === "da")).slice(2, 4)));
    assert.equal(factsOf(copy).told, 0, name);
    assert.equal(copy.bytes.length, photo.bytes.length - factsOf(photo).told, name);
    assert.ok(scan(copy).equals(scan(photo)), name);
  }
});

test("a clean copy of a turned photo says how it is turned, and only that", () => {
  const turned = into(sample("strasse"), segment(0xe1, joined(latin("Exif\0\0"), onlyTurned(6))), segment(0xfe, latin("geheim")));
  const copy = clean(open(turned));
  assert.equal(factsOf(open(copy)).turned, 6);
  assert.ok(!holds(copy, "geheim"));
});

test("colours stay; comments, XMP, IPTC, unknown segments and what is appended go", () => {
  const dirty = joined(into(sample("strasse"),
    segment(0xe2, latin("ICC_PROFILE\0farben")), segment(0xe2, latin("MPF\0zweitbild")), segment(0xed, latin("Photoshop 3.0\0redaktion")),
    segment(0xe1, latin('http://ns.adobe.com/xap/1.0/\0<x xmp:CreatorTool="Bildkniff"/>')), segment(0xfe, latin("kommentar")), segment(0xeb, latin("herkunft"))), latin("film"));
  const facts = factsOf(open(dirty));
  assert.deepEqual([facts.software, facts.description], ["Bildkniff", "kommentar"]);
  assert.ok(facts.iptc > 0 && facts.xmp > 0 && facts.tail > 0);
  const copy = clean(open(dirty));
  assert.ok(holds(copy, "farben"));
  for (const word of ["zweitbild", "redaktion", "CreatorTool", "kommentar", "herkunft", "film"]) assert.ok(!holds(copy, word), word);
});

test("a segment that no picture needs is told of and goes, whatever its marker", () => {
  for (const marker of [0x02, 0xbf, 0xc8, 0xde, 0xdf, 0xf0, 0xf7, 0xfd]) {
    const photo = open(into(sample("strasse"), segment(marker, latin("geheim"))));
    assert.equal(factsOf(photo).tail, 10, marker.toString(16));
    assert.ok(!holds(clean(photo), "geheim"), marker.toString(16));
  }
});

test("PNG: a chunk that nobody knows is told of and goes, though it calls itself critical", () => {
  const photo = open(png(chunk("PLTE", [1, 2, 3]), chunk("GeHM", latin("geheim"))));
  assert.equal(factsOf(photo).tail, 18);
  assert.deepEqual(open(clean(photo)).parts.map(({ name }) => name), ["signature", "IHDR", "PLTE", "IDAT", "IEND"]);
});

test("PNG: texts, Exif and what follows the end are found and go", () => {
  const dirty = joined(png(chunk("tEXt", latin("Author\0Kim")), chunk("eXIf", onlyTurned(8)), chunk("gAMA", [0, 0, 1, 1])), latin("abgeschnitten"));
  const photo = open(dirty);
  const facts = factsOf(photo);
  assert.deepEqual([facts.description, facts.turned, facts.tail], ["Author: Kim", 8, 13]);
  const copy = open(clean(photo));
  assert.deepEqual(copy.parts.map(({ name }) => name), ["signature", "IHDR", "eXIf", "gAMA", "IDAT", "IEND"]);
  assert.equal(factsOf(copy).turned, 8);
});

test("the checksum is that of PNG", () => {
  assert.equal(crc(latin("IEND")), 0xae426082);
});

test("WebP: Exif and XMP go, the head says so and how long the file is", () => {
  const dirty = webp(riff("VP8X", [0b1100, 0, 0, 0, 0, 0, 0, 0, 0, 0]), riff("VP8 ", latin("bild!")), riff("EXIF", onlyTurned(1)), riff("XMP ", latin("<dc:creator><rdf:Seq><rdf:li>Kim</rdf:li>")));
  assert.equal(factsOf(open(dirty)).owner, "Kim");
  const copy = clean(open(dirty));
  assert.deepEqual(open(copy).parts.map(({ name }) => name), ["RIFF", "VP8X", "VP8 "]);
  assert.equal(copy[20], 0);
  assert.equal(copy[4] + copy[5] * 256, copy.length - 8);
});

test("a file that cannot be read is refused with its reason", () => {
  const reason = (bytes) => {
    try {
      return open(bytes).format;
    } catch (error) {
      return error.reason;
    }
  };
  assert.equal(reason(new Uint8Array()), "empty");
  assert.equal(reason(latin("\0\0\0\x18ftypheic")), "heic");
  assert.equal(reason(latin("\0\0\0\x18ftypmp42")), "format");
  assert.equal(reason(latin("%PDF-1.7")), "format");
  assert.equal(reason(new Uint8Array(60_000_001)), "large");
  assert.equal(reason(sample("rad").subarray(0, 200)), "broken");
});

test("a file that is too large is refused unread, one that cannot be read is broken", async () => {
  const unread = () => assert.fail("read");
  await assert.rejects(bytesOf({ size: 400_000_000, arrayBuffer: unread }), { reason: "large" });
  await assert.rejects(bytesOf({ size: 0, arrayBuffer: unread }), { reason: "empty" });
  await assert.rejects(bytesOf({ size: 3, arrayBuffer: async () => { throw new Error("gone"); } }), { reason: "broken" });
  assert.deepEqual(await bytesOf(new Blob(["Kim"])), latin("Kim"));
});

test("cut anywhere, a file is read or refused, never anything else", () => {
  const whole = sample("tasche");
  for (let end = 0; end < whole.length; end += end < 6000 ? 7 : 501)
    try {
      factsOf(open(whole.subarray(0, end)));
    } catch (error) {
      assert.ok(error instanceof Unreadable, `${end}: ${error}`);
    }
});

test("with any byte of its Exif data changed, a file is read, cleaned or refused", () => {
  for (let at = 20; at < 480; at += 1)
    for (const value of [0, 1, 127, 255]) {
      const broken = sample("rad");
      broken[at] = value;
      try {
        const photo = open(broken);
        rowsOf(factsOf(photo), { bytes: "{count} Byte", north_south: ["N", "S"], east_west: ["O", "W"] }, "de");
        assert.equal(factsOf(open(clean(photo))).place, null);
      } catch (error) {
        assert.ok(error instanceof Unreadable, `${at}=${value}: ${error.stack}`);
      }
    }
});

test("directories that point at themselves or claim too much end at once", () => {
  const loop = Uint8Array.of(0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 8);
  assert.equal(readExif(loop).thumbnail, null);
  const greedy = Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0, 255, 255, 0, 0);
  assert.deepEqual(readExif(greedy).main, {});
});

test("a place of zeros or beyond the earth is none; times that are none neither", () => {
  assert.equal(moment("0000:00:00 00:00:00"), null);
  assert.equal(moment("gestern"), null);
  assert.equal(factsOf({ bytes: [], parts: [], exif: { main: {}, detail: {}, gps: { 2: [0, 0, 0], 4: [0, 0, 0] } } }).place, null);
  assert.equal(factsOf({ bytes: [], parts: [], exif: { main: {}, detail: {}, gps: { 2: [95, 0, 0], 4: [7, 0, 0] } } }).place, null);
});

test("a time that no clock or calendar shows is none", () => {
  for (const text of ["2026:13:45 25:70:00", "2026:00:00 00:00:00", "2026:02:30 12:00:00", "2026:08:03 24:00:00"]) assert.equal(moment(text), null, text);
  assert.equal(moment("2028:02:29 23:59:59").toISOString(), "2028-02-29T23:59:00.000Z");
});

const withGps = (gps) => factsOf({ bytes: [], parts: [], exif: { main: {}, detail: {}, gps } });

test("a place without seconds or minutes is a place all the same", () => {
  const { place } = withGps({ 1: "N", 2: [54, 30, NaN], 3: "E", 4: [6, NaN, Infinity] });
  assert.deepEqual([place.latitude, place.longitude, place.metres], [54.5, 6, 1855]);
  assert.equal(withGps({ 2: [54.50422], 4: [6.51517] }).place.metres, 5);
});

test("an error of the place that is no number is not believed", () => {
  assert.equal(withGps({ 2: [54, 30, 15.2], 4: [6, 30, 54.6], 31: [Infinity] }).place.metres, 5);
  assert.equal(withGps({ 2: [54, 30, 15.2], 4: [6, 30, 54.6], 31: [0.2] }).place.metres, 1);
});

const withXmp = (text) => factsOf(open(into(sample("strasse"), segment(0xe1, latin(`http://ns.adobe.com/xap/1.0/\0${text}`)))));

test("a place in XMP is a place, as attributes or as elements", () => {
  const inside = withXmp('<x exif:GPSLatitude="54,30.2531N" exif:GPSLongitude="6,30,54W"/>').place;
  assert.deepEqual([inside.latitude.toFixed(4), inside.longitude.toFixed(4)], ["54.5042", "-6.5150"]);
  const apart = withXmp("<exif:GPSLatitude>33,51.0S</exif:GPSLatitude><exif:GPSLongitude>70,40.0E</exif:GPSLongitude>").place;
  assert.deepEqual([apart.latitude, apart.longitude.toFixed(2)], [-33.85, "70.67"]);
});

test("where something stands that the page cannot read, a place may stand in it", () => {
  assert.equal(factsOf(open(sample("strasse"))).isOpaque, false);
  assert.equal(factsOf(open(sample("meer"))).isOpaque, false);
  assert.equal(withXmp("<x photoshop:City='Hellingen'/>").isOpaque, true);
  assert.equal(withGps({ 2: [NaN], 4: [6] }).isOpaque, true);
  assert.equal(factsOf(open(into(sample("strasse"), segment(0xe1, latin("Exif\0\0kaputt"))))).isOpaque, true);
});

test("aperture and exposure are written as cameras write them", () => {
  const settings = (exposure, aperture) => factsOf({ bytes: [], parts: [], exif: { main: {}, detail: { 0x829a: [exposure], 0x829d: [aperture] }, gps: {} } }).settings;
  assert.equal(settings(1 / 250, 1244236 / 699009), "1/250 s, f/1.78");
  assert.equal(settings(0.7, 8), "0.7 s, f/8");
  assert.equal(settings(1 / 4, Infinity), "1/4 s");
  assert.equal(settings(2.5, NaN), "2.5 s");
});

test("south and west are told apart, and coordinates in minutes are less exact", () => {
  const { place } = factsOf({ bytes: [], parts: [], exif: { main: {}, detail: {}, gps: { 1: "S", 2: [33, 51, 0], 3: "W", 4: [70, 40, 0] } } });
  assert.deepEqual([place.latitude, place.longitude.toFixed(2), place.metres], [-33.85, "-70.67", 1855]);
});

test("a place in Germany is drawn in Germany, another in the world", () => {
  assert.equal(frameFor({ latitude: 52.5, longitude: 13.4 }), "germany");
  assert.equal(frameFor({ latitude: 48.86, longitude: 2.35 }), "world");
  assert.deepEqual(nearestCity({ latitude: 51.4566, longitude: 7.0116 }), { name: "Köln", km: 58 });
});

test("rows name what there is, in the words of the page", () => {
  const words = { bytes: "{count} Byte", north_south: ["Nord", "Süd"], east_west: ["Ost", "West"] };
  const rows = rowsOf(factsOf(open(sample("rad"))), words, "de");
  assert.deepEqual(rows.map(({ id }) => id), ["place", "time", "device", "settings"]);
  assert.equal(rows[0].value, "54,50422° Nord, 6,51517° Ost");
  assert.match(rows[1].value, /^Montag, 3\. August 2026.* 09:12$/);
  assert.match(rowsOf(factsOf(open(sample("rad"))), words, "en-GB")[1].value, /^Monday,? 3 August 2026.* 09:12$/);
});
