// Puts facts into the words of a page: one row for each trace on the back of a photo.

const number = (value, language, digits = 0) =>
  value.toLocaleString(language, { maximumFractionDigits: digits, minimumFractionDigits: digits });

const angle = (value, [positive, negative], language) => `${number(Math.abs(value), language, 5)}° ${value < 0 ? negative : positive}`;

export const placeInWords = ({ latitude, longitude }, words, language) =>
  `${angle(latitude, words.north_south, language)}, ${angle(longitude, words.east_west, language)}`;

export const timeInWords = (date, language) =>
  new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short", timeZone: "UTC" }).format(date);

const size = (bytes, words, language) => words.bytes.replace("{count}", number(bytes, language));

// Returns [{ id, value }] of what there is, the most telling first.
export const rowsOf = (facts, words, language) => {
  const bytes = (count) => count > 0 && size(count, words, language);
  const values = {
    place: facts.place && placeInWords(facts.place, words, language),
    time: facts.time && timeInWords(facts.time, language),
    owner: facts.owner,
    device: facts.device,
    serial: facts.serial,
    software: facts.software,
    thumbnail: bytes(facts.thumbnail?.length),
    settings: facts.settings,
    description: facts.description,
    maker: bytes(facts.maker),
    xmp: bytes(facts.xmp),
    iptc: bytes(facts.iptc),
    tail: bytes(facts.tail),
  };
  return Object.entries(values).filter(([, value]) => value).map(([id, value]) => ({ id, value }));
};
