// What a day leaves at whom, as values. A visit is { site, choice }. A line of the
// profile is { text, site, id, readers }: which firm read it, and by which way it knew
// whose it is. What somebody gives a site itself has no readers and "isOwn".

// The lines a visit leaves: what was read along, what the site was told, what a
// comparison of customer lists adds.
export const linesOf = ({ site, choice }) => [
  { text: choice.line, site, id: choice.id, readers: site.readers },
  ...(choice.own ? [{ text: choice.own, site, readers: {}, isOwn: true }] : []),
  ...(choice.match ? [{ text: choice.match.line, site, readers: { [choice.match.firm]: "mail" } }] : []),
];

export const profile = (visits) => visits.flatMap(linesOf);

// All who get something: the firms themselves, then those they pass it on to, once each.
export const reached = (names, firms) => {
  const found = [...names];
  for (const name of found) {
    const { passes } = firms[name];
    if (passes && !found.includes(passes)) found.push(passes);
  }
  return found;
};

// Who passes something on after that: [from, to], in the order it happens.
export const passedOn = (names, firms) =>
  reached(names, firms).filter((name) => firms[name].passes).map((name) => [name, firms[name].passes]);

// The lines a firm has in the end.
export const knownTo = (firm, lines, firms) => lines.filter(({ readers }) => reached(Object.keys(readers), firms).includes(firm));

// Who still has a line while protections are on. "held" by firms that know whose it is,
// "loose" at firms that cannot tell any more, "gone" if it never came about, "own".
export const fate = (line, protections, firms) => {
  if (line.isOwn) return { state: "own", at: [] };
  const hits = (kind, way) => protections.some((protection) => protection[kind]?.includes(way));
  const left = Object.entries(line.readers).filter(([, way]) => !hits("stops", way));
  const tied = left.filter(([, way]) => !hits("loosens", way));
  const names = (entries) => reached(entries.map(([name]) => name), firms);
  if (tied.length) return { state: "held", at: names(tied) };
  return left.length ? { state: "loose", at: names(left) } : { state: "gone", at: [] };
};

// What each bidder offers, in hundredths of a cent, and the lines that raise it. Highest
// first. "seen" are the lines in the bid request.
export const bids = (bidders, seen) =>
  bidders
    .map((bidder) => {
      const reasons = seen.filter(({ id }) => bidder.wants[id]);
      return { ...bidder, reasons, value: reasons.reduce((sum, { id }) => sum + bidder.wants[id], bidder.base) };
    })
    .sort((one, other) => other.value - one.value);
