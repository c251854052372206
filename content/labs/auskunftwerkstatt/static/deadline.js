// When an answer is due: one month after arrival (Art. 12(3) GDPR), counted as Regulation
// (EEC, Euratom) No 1182/71 says. Dates are "2026-01-31"; no clock, no time zone.

const DAY = 86_400_000;

const parse = (date) => {
  const [year, month, day] = date.split("-").map(Number);
  return { year, month, day };
};

const iso = (time) => new Date(time).toISOString().slice(0, 10);

// Years with four figures: behind the last of them no deadline can be written.
const LAST_YEAR = 9990;

export const isDate = (text) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text ?? "")) return false;
  const { year, month, day } = parse(text);
  return year <= LAST_YEAR && iso(Date.UTC(year, month - 1, day)) === text;
};

export const daysLater = (date, days) => {
  const { year, month, day } = parse(date);
  return iso(Date.UTC(year, month - 1, day) + days * DAY);
};

// The same day so many months later; where a month has none, its last day (Art. 3(2)(c)).
export const monthsLater = (date, months) => {
  const { year, month, day } = parse(date);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return iso(Date.UTC(year, month - 1 + months, Math.min(day, last)));
};

const weekday = (date) => {
  const { year, month, day } = parse(date);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
};

// Easter Sunday in the Gregorian calendar (Meeus, Jones, Butcher).
export const easter = (year) => {
  const [golden, century] = [year % 19, Math.floor(year / 100)];
  const leap = Math.floor(century / 4);
  const moon = (19 * golden + century - leap - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) + 15) % 30;
  const week = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - moon - (year % 4)) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * week) / 451);
  return daysLater(`${year}-03-01`, 21 + moon + week - 7 * late);
};

const FIXED = ["01-01", "05-01", "10-03", "12-25", "12-26"];
const AFTER_EASTER = [-2, 1, 39, 50]; // Good Friday, Easter Monday, Ascension, Whit Monday

// Holidays in all of Germany; those of single states are not known here.
const isHoliday = (date) => FIXED.includes(date.slice(5)) || AFTER_EASTER.some((days) => daysLater(easter(parse(date).year), days) === date);

// A period that ends on a Saturday, Sunday or holiday ends on the next working day (Art. 3(4)).
export const workday = (date) => ([0, 6].includes(weekday(date)) || isHoliday(date) ? workday(daysLater(date, 1)) : date);

export const deadline = (arrival, months = 1) => {
  const plain = monthsLater(arrival, months);
  const due = workday(plain);
  return { plain, due, isMoved: plain !== due };
};

export const inWords = (date, language) => {
  const { year, month, day } = parse(date);
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(Date.UTC(year, month - 1, day));
};
