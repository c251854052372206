// Takes a picture file apart: JPEG segments, PNG or WebP chunks. Each part has a kind:
//
//   picture   needed to show it      exif, xmp, iptc, text   what it tells besides
//   colour    says which colours     extra                   unknown, hidden or appended
//
// Nothing is decoded and nothing copied; "start" and "end" are places in the bytes.

import { readExif } from "./exif.js";

const MOST_BYTES = 60_000_000;
const MOST_PARTS = 20_000;

export class Unreadable extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

const latin = (bytes, at, length) => String.fromCharCode(...bytes.subarray(at, at + length));
const startsWith = (bytes, at, text) => latin(bytes, at, text.length) === text;

const push = (parts, kind, name, start, end, dataAt = start) => {
  if (parts.length >= MOST_PARTS) throw new Unreadable("broken");
  parts.push({ kind, name, start, end, dataAt });
};

// --- JPEG ----------------------------------------------------------------------------

const SEGMENTS = [
  [0xe1, "Exif\0\0", "exif"], [0xe1, "http", "xmp"], [0xed, "Photoshop 3.0\0", "iptc"], [0xe2, "ICC_PROFILE\0", "colour"], [0xee, "Adobe", "colour"],
];

// What a decoder needs: frames, tables, scans, restarts. Everything else is no picture,
// also what no standard knows, or a text could hide there.
const NEEDED = new Set([
  0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xda, 0xdb, 0xdc, 0xdd,
]);

const kindOfSegment = (bytes, marker, dataAt, end) => {
  if (marker === 0xfe) return "text";
  if (NEEDED.has(marker)) return "picture";
  if (marker === 0xe0) return startsWith(bytes, dataAt, "JFIF\0") && end - dataAt === 14 ? "picture" : "extra";
  return SEGMENTS.find(([which, text]) => which === marker && startsWith(bytes, dataAt, text))?.[2] ?? "extra";
};

// The compressed picture itself: ends with the next marker that is no part of it.
const afterScan = (bytes, from) => {
  let at = from;
  while (at < bytes.length - 1) {
    if (bytes[at] === 0xff && bytes[at + 1] !== 0 && (bytes[at + 1] < 0xd0 || bytes[at + 1] > 0xd7)) return at;
    at += 1;
  }
  return bytes.length;
};

const jpeg = (bytes) => {
  const parts = [];
  push(parts, "picture", "SOI", 0, 2);
  let at = 2;
  while (at < bytes.length - 1) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff) throw new Unreadable("broken");
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) {
      push(parts, "picture", "EOI", at, at + 2);
      if (at + 2 < bytes.length) push(parts, "extra", "tail", at + 2, bytes.length);
      return parts;
    }
    const end = at + 2 + bytes[at + 2] * 256 + bytes[at + 3];
    if (!(end >= at + 4 && end <= bytes.length)) throw new Unreadable("broken");
    const kind = kindOfSegment(bytes, marker, at + 4, end);
    const last = marker === 0xda ? afterScan(bytes, end) : end;
    push(parts, kind, marker.toString(16), at, last, at + 4 + (kind === "exif" ? 6 : 0));
    at = last;
  }
  return parts;
};

// --- PNG and WebP ----------------------------------------------------------------------

const PNG = "\x89PNG\r\n\x1a\n";
const PNG_KINDS = { eXIf: "exif", tEXt: "text", zTXt: "text", iTXt: "text", tIME: "text" };
const PNG_KEPT = /^(IHDR|PLTE|IDAT|IEND|tRNS|gAMA|cHRM|sRGB|iCCP|cICP|sBIT|bKGD|pHYs|mDCV|cLLI|acTL|fcTL|fdAT)$/;
const WEBP_KINDS = { "EXIF": "exif", "XMP ": "xmp", "ICCP": "colour" };
const WEBP_KEPT = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"];

const png = (bytes) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = [];
  push(parts, "picture", "signature", 0, 8);
  let at = 8;
  while (at + 12 <= bytes.length) {
    const name = latin(bytes, at + 4, 4);
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) throw new Unreadable("broken");
    const isXmp = name === "iTXt" && startsWith(bytes, at + 8, "XML:com.adobe.xmp");
    push(parts, isXmp ? "xmp" : PNG_KINDS[name] ?? (PNG_KEPT.test(name) ? "picture" : "extra"), name, at, end, at + 8);
    at = end;
    if (name === "IEND") break;
  }
  if (at < bytes.length) push(parts, "extra", "tail", at, bytes.length);
  return parts;
};

const webp = (bytes) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = Math.min(bytes.length, 8 + view.getUint32(4, true));
  const parts = [];
  push(parts, "picture", "RIFF", 0, 12);
  let at = 12;
  while (at + 8 <= whole) {
    const name = latin(bytes, at, 4);
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > whole) throw new Unreadable("broken");
    const end = Math.min(whole, at + 8 + length + (length % 2));
    push(parts, WEBP_KINDS[name] ?? (WEBP_KEPT.includes(name) ? "picture" : "extra"), name, at, end, at + 8);
    at = end;
  }
  if (at < bytes.length) push(parts, "extra", "tail", at, bytes.length);
  return parts;
};

// --- Any -------------------------------------------------------------------------------

const HEIF = /^(he..|mif1|msf1|avi[fs])$/; // brands of HEIC and AVIF
const FORMATS = { jpeg, png, webp };

const checkSize = (size) => {
  if (size === 0) throw new Unreadable("empty");
  if (size > MOST_BYTES) throw new Unreadable("large");
};

// Returns the bytes of a file somebody picked; what is too large is not even read.
export const bytesOf = async (file) => {
  checkSize(file.size);
  const data = await file.arrayBuffer().catch(() => {
    throw new Unreadable("broken");
  });
  return new Uint8Array(data);
};

const formatOf = (bytes) => {
  checkSize(bytes.length);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return "jpeg";
  if (startsWith(bytes, 0, PNG)) return "png";
  if (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP")) return "webp";
  if (startsWith(bytes, 4, "ftyp") && HEIF.test(latin(bytes, 8, 4))) throw new Unreadable("heic");
  throw new Unreadable("format");
};

const exifOf = (bytes, parts) => {
  const part = parts.find(({ kind }) => kind === "exif");
  if (!part) return null;
  const data = bytes.subarray(part.dataAt, part.end);
  return readExif(startsWith(data, 0, "Exif\0\0") ? data.subarray(6) : data);
};

// Returns { format, bytes, parts, exif } or throws Unreadable with a reason.
export const open = (bytes) => {
  const format = formatOf(bytes);
  const parts = FORMATS[format](bytes);
  return { format, bytes, parts, exif: exifOf(bytes, parts) };
};
