// What a council decided, as values: { vote, conditions } by proposal.

export const isDone = (choice) => Boolean(choice?.vote);

export const open = (items, choices) => items.filter(({ id }) => !isDone(choices[id])).length;

// The way data take: the last chosen condition that changes it wins.
export const flowOf = (item, conditions) =>
  item.conditions.filter(({ id, flow }) => flow && conditions.includes(id)).at(-1)?.flow ?? item.flow;

const isAllowed = (choice) => choice?.vote === "accept" || choice?.vote === "conditioned";

const chosenOf = (item, choice) => item.conditions.filter(({ id }) => choice.conditions?.includes(id));

// The trace that leads to a person, as the ticked conditions leave it; null if none does.
const traceOf = (item, choice) => {
  const chosen = chosenOf(item, choice);
  if (!item.trace || chosen.some(({ softens }) => softens)) return null;
  const told = chosen.filter(({ trace }) => trace).at(-1)?.trace ?? item.trace;
  return [told, ...chosen.flatMap(({ adds }) => adds ?? [])].join(" ");
};

// What a day leaves, from morning to evening: [{ item, text, kind }], where the kind is
// "traced" (leads to a person), "counted" or "none" (nothing of anybody is kept).
export const dayOf = (items, choices) =>
  items
    .filter(({ id }) => isAllowed(choices[id]))
    .sort((one, other) => one.at.localeCompare(other.at))
    .map((item) => {
      const trace = traceOf(item, choices[item.id]);
      const kind = trace ? "traced" : item.isCount ? "counted" : "none";
      return { item, text: trace ?? item.soft, kind };
    });

export const byVote = (items, choices) => {
  const groups = { accept: [], conditioned: [], reject: [], later: [], open: [] };
  for (const item of items) groups[choices[item.id]?.vote ?? "open"].push(item);
  return groups;
};

// Names of the questions somebody could ask about how decisions fit together.
export const tensions = (items, choices) => {
  const vote = (id) => choices[id]?.vote;
  const votes = items.map(({ id }) => vote(id));
  const allowed = items.filter(({ id }) => isAllowed(choices[id]));
  const publishes = allowed.some(({ id, isPublic }) => isPublic || choices[id].conditions?.includes("open"));
  return [
    vote("video") === "reject" && vote("plates") === "accept" && "plates",
    vote("phones") === "accept" && isDone(choices.plates) && !isAllowed(choices.plates) && "phones",
    allowed.length >= 4 && !publishes && "closed",
    votes.every((each) => each === "accept") && "freely",
    votes.every((each) => each === "reject") && "nothing",
  ].filter(Boolean);
};

// Conditions were asked for, and the trace is kept as long and by as many as before.
const isWeak = (item, choice) =>
  choice.vote === "conditioned" && Boolean(item.trace) && !chosenOf(item, choice).some(({ softens, trace }) => softens || trace);

// What somebody who wanted it otherwise asks, of every line: one question about what was
// allowed, one about what was not. [{ name, item }]
export const questions = (items, choices) => {
  const first = (vote) => items.find(({ id }) => choices[id]?.vote === vote);
  const allowing = items.filter(({ id }) => isAllowed(choices[id]));
  const allowed = allowing.find((item) => traceOf(item, choices[item.id])) ?? allowing[0];
  const weak = allowing.find((item) => isWeak(item, choices[item.id]));
  const refused = first("reject");
  return [
    weak ? { name: "weak", item: weak } : { name: "allowed", item: allowed },
    refused ? { name: "refused", item: refused } : { name: "later", item: first("later") },
  ].filter(({ item }) => item);
};

// "none", "one" or "some": which pattern speaks of so many things.
export const formOf = (count) => (count === 0 ? "none" : count === 1 ? "one" : "some");
