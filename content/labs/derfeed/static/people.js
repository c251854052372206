// Pure parts of the operator's side: three made-up people before a feed with weights.
//
// "wish" is what they would choose if somebody asked; "pull" is what they stop at all the
// same. That the two differ is the point of the model (Milli et al. 2025 measured it); its
// numbers are made up.

import { TOPICS } from "./feed.js";

export const WEIGHTS = ["dwell", "like", "share", "novelty", "ads"];
export const MOST = 10;
export const PRESETS = {
  attention: { dwell: 9, like: 2, share: 4, novelty: 1, ads: 5 },
  likes: { dwell: 1, like: 9, share: 1, novelty: 2, ads: 3 },
  variety: { dwell: 2, like: 3, share: 0, novelty: 9, ads: 3 },
  money: { dwell: 6, like: 2, share: 4, novelty: 1, ads: 10 },
};

// What is asked for at once, as tests of a run.
export const CHECKS = {
  money: ({ cents }) => cents >= 35,
  variety: ({ evenings }) => evenings.every(({ topics }) => topics >= 5),
  calm: ({ evenings }) => evenings[0].fierce <= 0.25,
};

const MOST_CLIPS = 240;
const CENT_PER_AD = 0.9;

export const PEOPLE = [
  { name: "mia", wish: { tiere: 0.9, musik: 0.7, basteln: 0.5 }, pull: { fitness: 1, witz: 0.5, tiere: 0.4 }, patience: 190 },
  { name: "kaya", wish: { kochen: 0.8, sport: 0.7, nachrichten: 0.6 }, pull: { nachrichten: 1, sport: 0.4 }, patience: 176 },
  { name: "jo", wish: { musik: 0.8, witz: 0.7, kochen: 0.4, basteln: 0.4 }, pull: { witz: 0.9, tiere: 0.5 }, patience: 200 },
];

// Returns how fierce the clips are that such weights bring up: 1 to 3. Who counts time
// and shares, gets what excites; who counts likes and the new, does not.
export const fierceness = ({ dwell, like, share, novelty }) => {
  const excites = dwell + 0.8 * share;
  return 1 + (2 * excites) / Math.max(1, excites + 1.2 * like + novelty);
};

// Returns what the feed expects of a topic, between 0 and about 1.
const promise = (weights, { wish, pull }, topic, { fierce, count, row, random }) => {
  const [liked, stops] = [wish[topic] ?? 0, pull[topic] ?? 0];
  const held = 0.4 * liked + stops * (0.3 + 0.3 * (fierce - 1));
  const shared = 0.4 * liked + 0.3 * stops * (fierce - 1);
  const { dwell, like, share, novelty } = weights;
  const worth = dwell * held + like * liked + share * shared + novelty / (1 + count);
  // The same again soon bores: even a feed that wants attention changes now and then.
  return worth / Math.max(1, dwell + like + share + novelty) - 0.16 * row + 0.3 * random();
};

// Returns one evening of a person: {minutes, topics, fierce, glad, ads}.
export const evening = (person, weights, random) => {
  const fierce = fierceness(weights);
  const seen = Object.fromEntries(TOPICS.map((topic) => [topic, 0]));
  let [patience, seconds, ads, due, clips, hot, glad, row, last] = [person.patience, 0, 0, 0, 0, 0, 0, 0, ""];
  while (patience > 0 && clips + ads < MOST_CLIPS) {
    due += 0.04 * weights.ads;
    if (due >= 1) {
      due -= 1;
      ads += 1;
      seconds += 5;
      patience -= 4 + 0.22 * ads;
      continue;
    }
    const topic = TOPICS.map((each) => [promise(weights, person, each, { fierce, count: seen[each], row: each === last ? row + 1 : 0, random }), each]).sort((a, b) => b[0] - a[0])[0][1];
    row = topic === last ? row + 1 : 0;
    last = topic;
    seen[topic] += 1;
    clips += 1;
    const [wish, pull] = [person.wish[topic] ?? 0, person.pull[topic] ?? 0];
    const level = fierce + random() - 0.5;
    if (level > 2) hot += 1;
    glad += Math.max(0, wish - (level > 2 ? 0.35 : 0));
    seconds += 6 + 10 * wish + 6 * pull * level;
    patience -= 2.3 + Math.min(1, 0.2 * row) - 0.5 * wish - 0.55 * pull * level;
  }
  const kinds = TOPICS.filter((topic) => seen[topic] >= 2).length;
  return { minutes: seconds / 60, topics: kinds, fierce: clips ? hot / clips : 0, glad: clips ? Math.min(1, glad / clips / 0.75) : 0, ads };
};

// Returns all three evenings and what they earn.
export const run = (weights, dice) => {
  const evenings = PEOPLE.map((person, index) => ({ name: person.name, ...evening(person, weights, dice(index + 7)) }));
  return { evenings, cents: evenings.reduce((sum, { ads }) => sum + ads * CENT_PER_AD, 0) };
};
