// Pure parts of the lab: who is alike, how a table is coarsened, what is lost by it.
//
// k is the size of the smallest group of people who look alike in the table (Sweeney
// 2002). What is kept of a value when it is coarsened follows the measure "precision" of
// the same work: each step up costs an equal share, leaving the column out costs all.

// The ways to write a value, from exact to gone.
export const STEPS = {
  postcode: [(row) => row.postcode, (row) => `${row.postcode.slice(0, 3)}…`, () => ""],
  born: [
    (row) => String(row.born),
    (row) => span(row.born, 5),
    (row) => span(row.born, 10),
    (row) => span(row.born, 20),
    () => "",
  ],
  sex: [(row) => row.sex, () => ""],
  job: [(row) => row.job, (row) => row.field, () => ""],
};

const span = (year, width) => {
  const from = Math.floor(year / width) * width;
  return `${from}–${from + width - 1}`;
};

// Returns the rows as they are written; "level" names a step for each column.
export const coarsened = (rows, level) =>
  rows.map((row) => {
    const written = { row };
    for (const [column, steps] of Object.entries(STEPS)) written[column] = steps[level[column]](row);
    return written;
  });

// Returns who looks alike: arrays of written rows.
export const groups = (written) => {
  const found = new Map();
  for (const each of written) {
    const look = Object.keys(STEPS).map((column) => each[column]).join("|");
    if (!found.has(look)) found.set(look, []);
    found.get(look).push(each);
  }
  return [...found.values()];
};

// Returns what a table gives away and what it is still good for.
//
// "suppress" leaves out everybody in a group smaller than that number. "told" counts
// people whose answer is certain: they are alone, or their whole group agrees on it.
export const judge = (rows, level, suppress = 0) => {
  const kept = groups(coarsened(rows, level)).filter((group) => group.length >= suppress);
  const people = kept.reduce((sum, group) => sum + group.length, 0);
  const columns = Object.entries(STEPS);
  const precision =
    columns.reduce((sum, [column, steps]) => sum + 1 - level[column] / (steps.length - 1), 0) / columns.length;
  return {
    groups: kept,
    people,
    k: people ? Math.min(...kept.map((group) => group.length)) : 0,
    alone: kept.filter((group) => group.length === 1).length,
    told: kept
      .filter((group) => new Set(group.map(({ row }) => row.answer)).size === 1)
      .reduce((sum, group) => sum + group.length, 0),
    useful: rows.length ? (precision * people) / rows.length : 0,
  };
};

// Returns the values of a column that are gone because everybody with them was left out.
export const missing = (rows, kept, column) => {
  const left = new Set(kept.flat().map(({ row }) => row[column]));
  return [...new Set(rows.map((row) => row[column]))].filter((value) => !left.has(value));
};

// Returns who fits everything that is known: {postcode: "…", born: 1987, …}.
export const fitting = (rows, known) =>
  rows.filter((row) => Object.entries(known).every(([column, value]) => row[column] === value));
