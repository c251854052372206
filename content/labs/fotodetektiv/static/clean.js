// Writes a copy without anything but the picture, its colours and how it is turned. The
// picture's own bytes stay as they are: nothing gets blurred or larger.

import { onlyTurned, TAG } from "./exif.js";

const KEPT = ["picture", "colour"];

const joined = (pieces) => {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
};

const word = (number, isLittle = false) => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number, isLittle);
  return bytes;
};

const latin = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

// The checksum of PNG (ISO 3309).
export const crc = (bytes) => {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
};

// How each format says "turned": after its head, or at the end.
const TURNED = {
  jpeg: (block) => [Uint8Array.of(0xff, 0xe1, 0, block.length + 8), latin("Exif\0\0"), block],
  png: (block) => {
    const chunk = joined([latin("eXIf"), block]);
    return [word(block.length), chunk, word(crc(chunk))];
  },
  webp: (block) => [latin("EXIF"), word(block.length, true), block],
};
const PNG_HEAD = 2; // signature, IHDR

const turn = ({ exif }) => {
  const [turned] = exif?.main[TAG.orientation] ?? [];
  return turned > 1 && turned < 9 ? turned : 0;
};

// WebP says in its head how long it is and whether there is Exif or XMP.
const webpHead = (whole, isTurned) => {
  whole.set(word(whole.length - 8, true), 4);
  if (String.fromCharCode(...whole.subarray(12, 16)) === "VP8X") whole[20] = (whole[20] & ~0b1100) | (isTurned ? 0b1000 : 0);
  return whole;
};

// Returns the bytes of the clean copy.
export const clean = (photo) => {
  const { format, bytes, parts } = photo;
  const kept = parts.filter(({ kind }) => KEPT.includes(kind)).map(({ start, end }) => bytes.subarray(start, end));
  const turned = turn(photo);
  const pieces = turned ? TURNED[format](onlyTurned(turned)) : [];
  if (format === "webp") return webpHead(joined([...kept, ...pieces]), Boolean(turned));
  kept.splice(format === "png" ? PNG_HEAD : 1, 0, ...pieces);
  return joined(kept);
};
