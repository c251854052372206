// What an answer lacks, and how well somebody saw it.

// items: {id, isMissing}; marked: ids that somebody holds to be missing.
export const compare = (items, marked) => {
  const verdict = ({ id, isMissing }) => {
    if (isMissing) return marked.has(id) ? "found" : "overlooked";
    return marked.has(id) ? "wrong" : "fine";
  };
  return items.map((item) => ({ ...item, verdict: verdict(item) }));
};

export const tally = (compared) => {
  const count = (verdict) => compared.filter((each) => each.verdict === verdict).length;
  return { found: count("found"), missing: count("found") + count("overlooked"), wrong: count("wrong") };
};
