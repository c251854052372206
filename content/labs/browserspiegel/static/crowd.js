// Thoughts about a crowd, as values. No measurement: each share says how many of so many
// people are taken to have the same answer.

export const CROWD = 1000;
const CLASS = 30;
const ONE_OF = { device: 8, system: 4, place: 1.1, fonts: 12, canvas: 15, wishes: 20 };

// How many of the crowd still fit; somebody always does: you. A class of equal tablets
// fits whatever is asked, because nothing tells its devices apart.
export const fitting = (chosen, isSameClass) => {
  const left = chosen.reduce((count, name) => count / ONE_OF[name], CROWD);
  return Math.max(isSameClass ? CLASS : 1, Math.round(left));
};

// What becomes of each answer, with whatever somebody surfs. "unanswered" names what their
// browser does not tell anyway.
export const changesOf = (lines, way, unanswered = []) =>
  lines.map((name) => ({ name, change: unanswered.includes(name) ? "silent" : way.changes[name] ?? way.otherwise ?? "kept" }));

export const changed = (changes, unanswered = []) =>
  changes.filter(({ name, change }) => change !== "kept" && !unanswered.includes(name)).length;
