// A calendar file (RFC 5545) with whole days. Nothing in it tells when or where it was made.

const escape = (text) => text.replace(/([\\;,])/g, "\\$1").replace(/\r?\n/g, "\\n");
const plain = (date) => date.replaceAll("-", "");

// Lines are at most 75 bytes long; what follows begins with a blank. Letters stay whole.
export const fold = (line) => {
  const parts = [""];
  let bytes = 0;
  for (const letter of line) {
    const size = new TextEncoder().encode(letter).length;
    if (bytes + size > 75) {
      parts.push(" ");
      bytes = 1;
    }
    parts[parts.length - 1] += letter;
    bytes += size;
  }
  return parts.join("\r\n");
};

const event = ({ date, next, title, text }, number) => [
  "BEGIN:VEVENT",
  `UID:${plain(date)}-${number}@auskunft.invalid`,
  `DTSTAMP:${plain(date)}T000000Z`,
  `DTSTART;VALUE=DATE:${plain(date)}`,
  `DTEND;VALUE=DATE:${plain(next)}`,
  `SUMMARY:${escape(title)}`,
  `DESCRIPTION:${escape(text)}`,
  "TRANSP:TRANSPARENT",
  "END:VEVENT",
];

// events: {date, next (the day after), title, text}.
export const calendar = (events) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Auskunft-Werkstatt//DE", ...events.flatMap(event), "END:VCALENDAR", ""].map(fold).join("\r\n");
