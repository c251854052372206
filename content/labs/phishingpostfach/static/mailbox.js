// Pure parts of the lab: which messages lie in a mailbox, what a decision was worth, and
// to whom an address belongs.
//
// Decisions are counted as in signal detection: frauds recognised and frauds trusted say
// how much gets through, genuine ones suspected say what vigilance costs. Who asks another
// way is safe in both cases, so that is a count of its own, neither hit nor error. Who
// trusts what only asking could settle was lucky: no error, and no merit either.

export const OUTCOMES = ["hit", "miss", "trusted", "lucky", "alarm", "checked"];

// Returns the messages of one mailbox, in the order they are written.
export const inBox = (messages, setting) => messages.filter((each) => each.in.includes(setting));

// Returns what an answer (echt, betrug, pruefen) to a message turned out to be.
export const outcome = ({ fraud, needed }, answer) => {
  if (answer === "pruefen") return "checked";
  if (fraud) return answer === "betrug" ? "hit" : "miss";
  if (answer !== "echt") return "alarm";
  return needed ? "lucky" : "trusted";
};

// Returns frauds and genuine ones apart; "needed" counts those only asking could settle.
export const tally = (messages, answers) => {
  const empty = () => ({ all: 0, hit: 0, miss: 0, trusted: 0, lucky: 0, alarm: 0, checked: 0 });
  const counts = { fraud: empty(), genuine: empty(), needed: { all: 0, checked: 0 } };
  for (const message of messages) {
    const found = outcome(message, answers[message.id]);
    const side = counts[message.fraud ? "fraud" : "genuine"];
    side.all += 1;
    side[found] += 1;
    if (!message.needed) continue;
    counts.needed.all += 1;
    counts.needed.checked += found === "checked";
  }
  return counts;
};

// Returns which way somebody leans: sure, checks (nearly all), wary, open, mixed.
export const leaning = ({ fraud, genuine }) => {
  const all = fraud.all + genuine.all;
  if (fraud.checked + genuine.checked > all * 0.6) return "checks";
  if (!fraud.miss && !genuine.alarm) return "sure";
  if (fraud.miss && genuine.alarm) return "mixed";
  return fraud.miss ? "open" : "wary";
};

// Splits an address around what decides: the last two names of its host.
export const parts = (address) => {
  const [, before, host, after] = /^(\w+:\/\/|.*@)?([^/]+)(.*)$/.exec(address);
  const names = host.split(".");
  const lead = names.slice(0, -2).join(".");
  return { before: `${before ?? ""}${lead && `${lead}.`}`, heart: names.slice(-2).join("."), after };
};
