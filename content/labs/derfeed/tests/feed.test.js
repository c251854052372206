import assert from "node:assert/strict";
import { test } from "node:test";

import { dice } from "../../../static/labs/kit.js";
import { ROUND, TOPICS, begin, double, hesitation, next, observe, paceOf, replay, shares, stream, strongest, sumUp } from "../static/feed.js";

// Somebody who looks "usual" seconds at everything and "held" seconds at one topic.
const watch = (topic, { held = 6, usual = 2, goal = "attention", part = "nachmittags", seed = 3 } = {}) => {
  const random = dice(seed);
  let state = begin();
  while (state.history.length < ROUND) {
    const clip = next(state, { goal, part, random });
    state = observe(state, { ...clip, seconds: clip.topic === topic ? held : usual });
  }
  return state;
};

test("hesitation is measured by one's own pace, within bounds", () => {
  assert.equal(hesitation(3, 3), 0);
  assert.equal(hesitation(6, 3), 1);
  assert.equal(hesitation(60, 3), 1);
  assert.equal(hesitation(1.5, 3), -1);
  assert.equal(hesitation(4, 0), 0);
});

test("the pace is the middle of the topics, however often one of them came", () => {
  const history = [["witz", 2], ["sport", 3], ["musik", 9], ["musik", 9], ["musik", 9]].map(([topic, seconds]) => ({ topic, seconds }));
  assert.equal(paceOf([]), 0);
  assert.equal(paceOf(history), 3);
  assert.equal(paceOf(history.slice(0, 2)), 2.5);
});

test("who looks the same time at everything gives nothing away", () => {
  const state = watch("none");
  assert.deepEqual(Object.values(state.interest), TOPICS.map(() => 0));
  assert.deepEqual(Object.values(shares(state)), TOPICS.map(() => 1 / 8));
});

test("a heart counts for, „no interest“ against, and less", () => {
  const entry = { topic: "musik", seconds: 2 };
  const liked = observe(begin(), { ...entry, liked: true }).interest.musik;
  const bored = observe(begin(), { ...entry, bored: true }).interest.musik;
  assert.ok(liked > 0 && bored < 0 && liked > -bored);
});

test("all shares together are one, and the topic that held leads", () => {
  const found = shares(watch("kochen", { seed: 2 }));
  assert.ok(Math.abs(Object.values(found).reduce((a, b) => a + b) - 1) < 1e-9);
  assert.equal(TOPICS.reduce((a, b) => (found[b] > found[a] ? b : a)), "kochen");
});

for (const topic of TOPICS)
  test(`hesitating at ${topic} narrows the feed, wherever it started`, () => {
    for (let seed = 1; seed < 30; seed += 1) {
      const { history } = watch(topic, { seed });
      if (!history.slice(0, 5).some((entry) => entry.topic === topic)) continue;
      const { first, last } = sumUp(history);
      assert.ok(last < first, `seed ${seed}: ${first} then ${last}`);
      assert.ok(history.filter((entry) => entry.topic === topic && !entry.ad).length >= 7);
    }
  });

test("within a topic clips come once, and fiercer each time", () => {
  const clips = watch("fitness", { part: "nachts" }).history.filter(({ ad, topic }) => !ad && topic === "fitness");
  assert.deepEqual(clips.map(({ index }) => index), clips.map((_, at) => at));
  assert.equal(clips.at(-1).level, 3);
});

test("the first five clips are five topics, and said to be tried out", () => {
  const start = watch("none").history.slice(0, 5);
  assert.equal(new Set(start.map(({ topic }) => topic)).size, 5);
  assert.deepEqual([...new Set(start.map(({ why }) => why.kind))], ["new"]);
});

test("advertisements stand at fixed places and follow the profile only for attention", () => {
  const places = (state) => state.history.flatMap(({ ad, why }, at) => (ad ? [[at, why.kind]] : []));
  assert.deepEqual(places(watch("sport")), [[6, "ad"], [11, "ad"]]);
  assert.deepEqual(places(watch("sport", { goal: "variety" })), [[6, "any_ad"], [11, "any_ad"]]);
});

test("a heart is the reason that is told", () => {
  let state = observe(begin(), { topic: "witz", index: 0, level: 1, seconds: 2, liked: true });
  for (const topic of ["musik", "sport", "tiere", "kochen"]) state = observe(state, { topic, index: 0, level: 1, seconds: 2 });
  const { topic, why } = next(state, { random: dice(1) });
  assert.equal(topic, "witz");
  assert.equal(why.kind, "like");
  assert.equal(why.of.topic, "witz");
});

test("variety never shows a topic twice within five clips", () => {
  const clips = watch("musik", { goal: "variety" }).history.filter(({ ad }) => !ad);
  clips.forEach(({ topic }, at) => assert.ok(!clips.slice(Math.max(0, at - 4), at).some((entry) => entry.topic === topic)));
});

test("in order of time everybody sees the same, whatever they do", () => {
  const topics = (state) => state.history.filter(({ ad }) => !ad).map(({ topic }) => topic);
  assert.deepEqual(topics(watch("musik", { goal: "chronological" })), topics(watch("sport", { goal: "chronological", held: 20 })));
});

test("the double behaves like the person and sees more with another goal", () => {
  const { history } = watch("tiere");
  const person = double(history);
  assert.equal(person.tiere.seconds, 6);
  assert.equal(person.sport.seconds, 2);
  const other = replay(person, "variety", { part: "nachmittags", random: dice(1) }).history;
  assert.equal(other.length, ROUND);
  assert.ok(sumUp(other).topics > sumUp(history).topics);
});

test("the stream is whole at every point", () => {
  for (const point of stream(watch("witz").history, 9)) assert.ok(Math.abs(Object.values(point).reduce((a, b) => a + b) - 1) < 1e-9);
});

test("in order of time no clip comes twice, and fierce ones come too", () => {
  const clips = watch("musik", { goal: "chronological" }).history.filter(({ ad }) => !ad);
  assert.equal(new Set(clips.map(({ topic, index }) => `${topic} ${index}`)).size, clips.length);
  assert.ok(clips.some(({ level }) => level === 3) && clips.some(({ level }) => level === 1));
});

test("a topic that bothered least comes once more, and that is the reason told", () => {
  let state = begin();
  for (const topic of TOPICS) state = observe(state, { topic, index: 0, level: 1, seconds: 1, bored: topic !== "basteln" });
  const { topic, why } = next({ ...state, interest: { ...state.interest, basteln: 1 } }, { part: "morgens", random: dice(1) });
  assert.equal(topic, "basteln");
  assert.equal(why.kind, "dwell");
  assert.equal(next({ ...state, interest: { ...state.interest, basteln: 0.1, nachrichten: -2, fitness: -2 } }, { part: "morgens", random: dice(1) }).why.kind, "quiet");
});

test("everybody begins with the same five clips, whatever they do", () => {
  const start = (topic) => watch(topic, { seed: 1308 }).history.slice(0, 5).map((entry) => entry.topic);
  assert.deepEqual(start("witz"), ["tiere", "nachrichten", "fitness", "witz", "basteln"]);
  assert.deepEqual(start("tiere"), start("witz"));
});

test("the strongest topic is the one that held, and none if nothing did", () => {
  assert.equal(strongest(watch("musik", { seed: 2 })), "musik");
  assert.equal(strongest(watch("none")), null);
});

test("a feed is never wholly sure", () => {
  const { interest } = begin();
  assert.ok(shares({ interest: { ...interest, witz: 50 } }).witz < 0.9);
});

test("who swipes everything off in less than a second gives nothing away", () => {
  for (let seed = 1; seed < 30; seed += 1) {
    const [random, hand] = [dice(seed), dice(seed + 100)];
    let state = begin();
    while (state.history.length < ROUND) state = observe(state, { ...next(state, { random }), seconds: 0.4 + 0.4 * hand() });
    assert.equal(strongest(state), null, `seed ${seed}`);
  }
});

test("a topic counts as the strongest only if it outweighs what others like", () => {
  const { interest } = begin();
  assert.equal(strongest({ interest: { ...interest, tiere: 0.3 } }), null);
  assert.equal(strongest({ interest: { ...interest, tiere: 0.8 } }), "tiere");
});
