// What became of a trace by cleaning: it is gone, stays, or is only half gone, because
// the picture shows what the back had told.

// Returns how a guess that it survives, or not, is marked.
export const markOf = (fate, isGuessed) => {
  if (fate === "half") return "half";
  return isGuessed === (fate === "stays") ? "right" : "wrong";
};
