// Pure parts of the lab: what a feed concludes from hesitation, and what it shows next.
//
// A simple model, far simpler than any real one. It adds up what it saw (a real feed
// predicts each action and adds those up, weighted) and then takes the topic that
// promises most. Within a topic the clips get fiercer, because fierce clips hold people.

export const TOPICS = ["tiere", "sport", "kochen", "basteln", "musik", "witz", "nachrichten", "fitness"];
export const PARTS = ["morgens", "nachmittags", "abends", "nachts"];
export const GOALS = ["attention", "variety", "chronological"];
export const ROUND = 15; // clips in a session
const LOOK_ROUND = 5; // clips until the feed begins to choose
const TRY_AT = [8]; // afterwards it tries something unknown only here
const ADS_AT = [6, 11];

// Where other people linger at which time of day; made up.
const CROWD = {
  morgens: { nachrichten: 0.5, fitness: 0.35 },
  nachmittags: { witz: 0.5, sport: 0.35, fitness: 0.25 },
  abends: { kochen: 0.45, musik: 0.4, witz: 0.25 },
  nachts: { fitness: 0.6, musik: 0.4, tiere: 0.35 },
};

const CHANCE = 0.5; // seconds

// What a signal is worth. Hesitation counts by how it differs from one's own pace.
const WORTH = { dwell: 0.9, skip: 0.5, like: 1.3, bored: -0.35 };

export const begin = () => ({ interest: Object.fromEntries(TOPICS.map((topic) => [topic, 0])), history: [] });

// Two clips of a topic are mild, two excited, all others fierce.
export const levelOf = (index) => Math.min(3, 1 + Math.floor(index / 2));

const organic = (history) => history.filter(({ ad }) => !ad);
const seenOf = (history, topic) => organic(history).filter((entry) => entry.topic === topic);

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

// Returns the pace of somebody: the middle of how long they look at each topic. Topics
// count alike, so that a feed full of one topic does not pass for somebody's habit.
export const paceOf = (history) => {
  const topics = TOPICS.map((topic) => seenOf(history, topic)).filter((past) => past.length);
  return topics.length ? median(topics.map(meanOf)) : 0;
};

const meanOf = (past) => past.reduce((sum, { seconds }) => sum + seconds, 0) / past.length;

// Returns what hesitating says, from -1 (swiped off) over 0 (as usual) to 1 (stuck). Half a
// second is chance, not hesitation.
export const hesitation = (seconds, pace) => (pace > 0 && Math.abs(seconds - pace) > CHANCE ? Math.max(-1, Math.min(1, Math.log2(seconds / pace))) : 0);

const gainOf = ({ seconds, liked, bored }, pace) => {
  const held = hesitation(seconds, pace);
  return held * (held > 0 ? WORTH.dwell : WORTH.skip) + (liked ? WORTH.like : 0) + (bored ? WORTH.bored : 0);
};

// Returns the state after somebody has left a clip: entry = {topic, seconds, liked, bored, …}.
// Everything is weighed anew: only later clips tell what a first one meant. Everybody swipes
// off advertisements, so they say nothing about a topic.
export const observe = (state, entry) => {
  const history = [...state.history, entry];
  const pace = paceOf(history);
  const interest = Object.fromEntries(TOPICS.map((topic) => {
    const past = seenOf(history, topic);
    const gain = past.reduce((sum, each) => sum + gainOf(each, pace), 0);
    return [topic, past.length ? gain / Math.sqrt(past.length) : 0];
  }));
  return { history, interest };
};

const SUREST = 2.8; // however much is seen: sure is never certain

// Returns how sure the feed is of each topic; all of it together is 1.
export const shares = ({ interest }) => {
  const grown = TOPICS.map((topic) => Math.exp(1.1 * SUREST * Math.tanh(interest[topic] / SUREST)));
  const sum = grown.reduce((a, b) => a + b);
  return Object.fromEntries(TOPICS.map((topic, index) => [topic, grown[index] / sum]));
};

const best = (topics, score) => topics.reduce((a, b) => (score(b) > score(a) ? b : a));

// The clips of all accounts in the order in which they were posted: fixed, for everybody,
// some fierce among the mild.
const POSTED = [0, 1, 3, 0, 5, 1, 0, 2, 1, 0, 2, 4, 1];
const posted = (place) => ({ topic: TOPICS[(place * 3 + Math.floor(place / 8)) % TOPICS.length], index: POSTED[place] });

// Returns why the feed expects something of a topic.
const reason = ({ history, interest }, topic, part) => {
  const past = seenOf(history, topic);
  const liked = past.findLast((entry) => entry.liked);
  if (liked) return { kind: "like", of: liked };
  const longest = past.length && past.reduce((a, b) => (b.seconds > a.seconds ? b : a));
  if (longest && interest[topic] > 0.2) return { kind: "dwell", of: longest, pace: paceOf(history) };
  if (topic in CROWD[part]) return { kind: "time", part };
  return { kind: past.length ? "quiet" : "new" };
};

const byAttention = (state, part, random) => {
  const { history, interest } = state;
  const unseen = TOPICS.filter((topic) => !seenOf(history, topic).length);
  const count = organic(history).length;
  if (unseen.length && (count < LOOK_ROUND || TRY_AT.includes(count)))
    return { topic: unseen[Math.floor(random() * unseen.length)], why: { kind: "new" } };
  const topic = best(TOPICS, (each) => interest[each] + (CROWD[part][each] ?? 0) + 0.05 * random());
  return { topic, why: reason(state, topic, part) };
};

const byVariety = ({ history, interest }, random) => {
  const lately = organic(history).slice(-4).map(({ topic }) => topic);
  const left = TOPICS.filter((topic) => !lately.includes(topic));
  const fewest = Math.min(...left.map((topic) => seenOf(history, topic).length));
  const rare = left.filter((topic) => seenOf(history, topic).length === fewest);
  return { topic: best(rare, (each) => interest[each] + 0.05 * random()), why: { kind: "variety" } };
};

// Returns the next clip: {topic, index, level, why}; an advertisement has "ad" instead of
// an index. Only the feed that wants attention picks the advertisement by profile.
export const next = (state, { goal = "attention", part = "nachmittags", random }) => {
  const { history } = state;
  const count = organic(history).length;
  if (ADS_AT.includes(history.length)) {
    const topic = goal === "attention" ? best(TOPICS, (each) => state.interest[each] + (CROWD[part][each] ?? 0)) : TOPICS[history.length % TOPICS.length];
    return { topic, ad: true, level: 1, why: { kind: goal === "attention" ? "ad" : "any_ad" } };
  }
  const choice =
    goal === "attention" ? byAttention(state, part, random)
      : goal === "variety" ? byVariety(state, random)
        : { ...posted(count), why: { kind: "chronological" } };
  const index = choice.index ?? seenOf(history, choice.topic).length;
  return { ...choice, index, level: levelOf(index) };
};

// Returns somebody who behaves as these clips were watched: their pace with each topic.
export const double = (history) => {
  const pace = paceOf(history);
  return Object.fromEntries(TOPICS.map((topic) => {
    const past = seenOf(history, topic);
    return [topic, { seconds: past.length ? meanOf(past) : pace, liked: past.some(({ liked }) => liked) }];
  }));
};

// Returns the session this double would have had with another goal.
export const replay = (person, goal, { part, random }) => {
  let state = begin();
  while (state.history.length < ROUND) {
    const clip = next(state, { goal, part, random });
    state = observe(state, { ...clip, seconds: person[clip.topic].seconds, liked: !clip.ad && person[clip.topic].liked });
  }
  return state;
};

// From here on a topic outweighs what other people like.
export const SAYS = 0.5;

// Returns the topic that holds somebody most, or none if hesitating said little.
export const strongest = ({ interest }) => {
  const topic = best(TOPICS, (each) => interest[each]);
  return interest[topic] > SAYS ? topic : null;
};

// Returns what a session was like.
export const sumUp = (history) => {
  const clips = organic(history);
  const topics = (part) => new Set(part.map(({ topic }) => topic)).size;
  return {
    topics: topics(clips),
    first: topics(clips.slice(0, 5)),
    last: topics(clips.slice(-5)),
    fierce: clips.filter(({ level }) => level > 1).length,
    ads: history.length - clips.length,
    seconds: history.reduce((sum, entry) => sum + entry.seconds, 0),
  };
};

// Returns how much of the feed each topic was around each place, for drawing: neighbours
// count, the nearer the more.
export const stream = (history, points) => {
  const clips = organic(history);
  return Array.from({ length: points }, (_, at) => {
    const place = (at / (points - 1)) * (clips.length - 1);
    const weigh = clips.map((_, index) => Math.exp(-((index - place) ** 2) / 4));
    const sum = weigh.reduce((a, b) => a + b);
    return Object.fromEntries(TOPICS.map((topic) => [topic, clips.reduce((total, clip, index) => total + (clip.topic === topic ? weigh[index] : 0), 0) / sum]));
  });
};
