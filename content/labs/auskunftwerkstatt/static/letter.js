// Puts a letter together from words and what somebody filled in. Plain text, no document.

import { inWords, isDate } from "./deadline.js";

export const KINDS = ["auskunft", "berichtigung", "loeschung", "uebertragung", "widerspruch", "werbung", "beschwerde"];

const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

// The authority to complain to. Bavaria has two; schools and offices are public there.
export const authorityFor = (authorities, state, whom) => {
  const isPublic = whom === "behoerde" || whom === "schule";
  return authorities.find((each) => each.state === state && (!each.only || each.only === (isPublic ? "public" : "private")));
};

// given: kind, whom, name, address, to, mark, about, date, authority; language. Empty ones
// leave a gap to fill.
// The body follows the greeting at once: its first word goes on after a comma.
export const compose = (words, given) => {
  const { texts, gaps } = words;
  const kind = texts[given.kind];
  const value = (name) => given[name]?.trim() || gaps[name];
  const isComplaint = given.kind === "beschwerde";
  const values = { about: value("about"), to: value("to").replaceAll("\n", ", ") };
  const body = kind.body.map((text) => fill(text, values));
  const mark = given.mark?.trim() && fill(words.mark, { mark: given.mark.trim() });
  return {
    language: given.language,
    sender: `${value("name")}\n${value("address")}`,
    to: isComplaint ? authorityOrGap(words, given) : value("to"),
    day: isDate(given.date) ? inWords(given.date, given.language) : gaps.date,
    subject: kind.subject,
    paragraphs: [words.hello, ...body, ...extra(words, given), ...(mark ? [mark] : []), ...(isComplaint ? [] : [words.month]), words.bye, value("name")],
  };
};

// A complaint about somebody never goes to them.
const authorityOrGap = ({ gaps }, { authority }) => (authority ? `${authority.name}\n${authority.address}` : gaps.authority);

const extra = (words, { kind, whom }) => (kind === "auskunft" && words.extra[whom] ? [words.extra[whom]] : []);

export const asText = ({ sender, to, day, subject, paragraphs }) => [sender, to, day, subject, ...paragraphs].join("\n\n");
