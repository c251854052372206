// Pure parts of cracking: how long a number of guesses takes, in words and on a scale,
// and what kind of pattern was found.
//
// The rates are those of zxcvbn (Wheeler 2016): guesses per second.
export const RATES = { throttled: 100 / 3600, online: 10, slow: 1e4, fast: 1e10 };

const UNIVERSE = 13.8e9 * 31_557_600; // seconds
const SCALE = 11; // powers of ten on the drawing, from a second to some 3,000 years

export const seconds = (guesses, rate) => guesses / RATES[rate];

// What is drawn at random is found after half of all possibilities, on average.
export const halfOf = ({ of, times }) => of ** times / 2;

export const bitsOf = (words, list = 1296) => words * Math.log2(list);

// Returns where a time stands on the drawing, from 0 to 1; the scale is logarithmic.
export const position = (time) => Math.min(Math.max(Math.log10(Math.max(time, 1)) / SCALE, 0), 1);

// Returns a time as people say it. "words" holds the units from small to large.
export const inWords = (time, words, language) => {
  if (time < 1) return words.instant;
  if (time > UNIVERSE) return words.universe;
  const fits = words.units.filter(([size]) => rounded(time / size) >= 1);
  const [size, one, many] = fits[fits.length - 1];
  const count = rounded(time / size);
  return count === 1 ? one : many.replace("{n}", count.toLocaleString(language));
};

// Two digits say enough: halves below ten, 5,793 becomes 5,800.
const rounded = (count) => {
  if (count < 1) return count;
  if (count < 10) return Math.round(count * 2) / 2;
  const size = 10 ** Math.max(Math.floor(Math.log10(count)) - 1, 0);
  return Math.round(count / size) * size;
};

// Returns the parts found in a password: [{ text, kind, isSwapped, isReversed }].
export const partsOf = (sequence) =>
  sequence.flatMap((match) => {
    const { pattern, token, dictionaryName, regexName } = match;
    if (pattern === "bruteforce" || pattern === "separator") return loose(token);
    const kind = regexName === "recentYear" ? "year" : (dictionaryName ?? pattern);
    return [{ text: token, kind, isSwapped: Boolean(match.l33t), isReversed: Boolean(match.reversed) }];
  });

// What the dictionary did not know: a year with a sign behind it is a pattern all the same.
const loose = (text) => {
  const runs = text.match(/\d+|\p{L}+|[^\d\p{L}]+/gu) ?? [];
  if (runs.length > 2 || runs.some((run) => /\p{L}/u.test(run))) return [part(text, "free")];
  return runs.map((run) => part(run, kindOf(run)));
};

const part = (text, kind) => ({ text, kind, isSwapped: false, isReversed: false });

const kindOf = (run) => {
  if (/^(19|20)\d\d$/.test(run)) return "year";
  return /^\d+$/.test(run) ? "digits" : "symbols";
};

// Returns the parts in words: "Vorname + Jahreszahl + Sonderzeichen".
export const namedParts = (sequence, words) =>
  partsOf(sequence)
    .map(({ kind, isSwapped, isReversed }) => {
      const name = words[kind] ?? words.free;
      if (isSwapped) return words.swapped.replace("{part}", name);
      return isReversed ? words.reversed.replace("{part}", name) : name;
    })
    .join(" + ");
