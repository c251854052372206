// Reads an Exif block: a TIFF structure of directories with tags (TIFF 6.0, CIPA DC-008).
//
// What comes in may be broken or made to harm: every offset is checked, every directory
// is read once, nothing is followed from what has been followed.

export const TAG = {
  description: 0x010e, make: 0x010f, model: 0x0110, orientation: 0x0112, software: 0x0131, changed: 0x0132, artist: 0x013b, copyright: 0x8298,
  detail: 0x8769, gps: 0x8825, taken: 0x9003, zone: 0x9011, exposure: 0x829a, aperture: 0x829d, iso: 0x8827, maker: 0x927c, comment: 0x9286,
  owner: 0xa430, serial: 0xa431, lens: 0xa434, thumbnailAt: 0x0201, thumbnailLength: 0x0202,
};
export const GPS = { northOrSouth: 1, latitude: 2, eastOrWest: 3, longitude: 4, altitude: 6, direction: 17, error: 31 };

const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]; // bytes of a value by its type
const MOST_TAGS = 400;
const MOST_BYTES = 65_536; // of one value

const ASCII = 2;
const UNDEFINED = 7;

const numberAt = (view, type, at, isLittle) => {
  if (type === 1) return view.getUint8(at);
  if (type === 3) return view.getUint16(at, isLittle);
  if (type === 4) return view.getUint32(at, isLittle);
  if (type === 5) return view.getUint32(at, isLittle) / view.getUint32(at + 4, isLittle);
  if (type === 9) return view.getInt32(at, isLittle);
  if (type === 10) return view.getInt32(at, isLittle) / view.getInt32(at + 4, isLittle);
  return NaN;
};

export const asText = (bytes) =>
  new TextDecoder().decode(bytes).split("\0")[0].replace(/[\u0000-\u001f\u007f]/g, " ").trim();

// A text, the bytes of something opaque, or a list of numbers.
const valueAt = (tiff, type, count, at) => {
  const bytes = tiff.bytes.subarray(at, at + count * SIZES[type]);
  if (type === ASCII) return asText(bytes);
  if (type === UNDEFINED) return bytes;
  return Array.from({ length: Math.min(count, 16) }, (_, index) => numberAt(tiff.view, type, at + index * SIZES[type], tiff.isLittle));
};

// Returns the tags of the directory at "start", and where the next one stands.
const directory = (tiff, start) => {
  const { view, isLittle } = tiff;
  const tags = {};
  if (!start || start + 2 > view.byteLength) return { tags, next: 0 };
  const count = Math.min(view.getUint16(start, isLittle), MOST_TAGS);
  const end = start + 2 + count * 12;
  if (end > view.byteLength) return { tags, next: 0 };
  for (let at = start + 2; at < end; at += 12) {
    const type = view.getUint16(at + 2, isLittle);
    const many = view.getUint32(at + 4, isLittle);
    const length = many * (SIZES[type] ?? 0);
    const from = length <= 4 ? at + 8 : view.getUint32(at + 8, isLittle);
    if (!length || length > MOST_BYTES || from + length > view.byteLength) continue;
    tags[view.getUint16(at, isLittle)] = valueAt(tiff, type, many, from);
  }
  return { tags, next: end + 4 <= view.byteLength ? view.getUint32(end, isLittle) : 0 };
};

const thumbnail = ({ bytes }, small) => {
  const [at] = small[TAG.thumbnailAt] ?? [];
  const [length] = small[TAG.thumbnailLength] ?? [];
  const isThere = at > 0 && length > 4 && at + length <= bytes.length && bytes[at] === 0xff && bytes[at + 1] === 0xd8;
  return isThere ? bytes.subarray(at, at + length) : null;
};

// Returns what stands in an Exif block: main, detail, gps (tags by number) and thumbnail
// (the bytes of a JPEG or null). Null if it is none.
export const readExif = (bytes) => {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const tiff = { bytes, view, isLittle: order === 0x4949 };
  if (view.getUint16(2, tiff.isLittle) !== 42) return null;
  const first = directory(tiff, view.getUint32(4, tiff.isLittle));
  const below = (tag) => directory(tiff, first.tags[tag]?.[0] ?? 0).tags;
  return { main: first.tags, detail: below(TAG.detail), gps: below(TAG.gps), thumbnail: thumbnail(tiff, directory(tiff, first.next).tags) };
};

// The smallest Exif block that says how a picture is turned, and nothing else.
export const onlyTurned = (orientation) =>
  Uint8Array.of(0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0);
