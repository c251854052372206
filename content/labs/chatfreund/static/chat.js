// The chat as values: what Milo says, what an answer tells, what follows from it.

// In German and in English: a class that reads the one may write the other.
const PATTERNS = {
  money: /geld|miete|schulden|pleite|teuer|bezahl|konto|money|\brent\b|\bdebts?\b|\bbroke\b|afford|expensive/i,
  grades: /prüfung|klausur|\bnoten?\b|schul|arbeit|ausbildung|chef|\bexams?\b|\btests?\b|\bgrades?\b|school|\bwork\b|\bjob\b|\bboss\b/i,
  family: /eltern|mutter|vater|mama|papa|familie|scheid|zu ?hause|parents?|mother|father|\bmum\b|\bdad\b|family|divorce|at home/i,
  ill: /krank|arzt|ärzt|schmerz|klinik|tablette|therapie|\bill\b|illness|\bsick\b|doctor|\bpain\b|hospital|\bpills?\b|therapy/i,
  lonely: /allein|einsam|niemand|keine freund|alone|lonely|nobody|no friends/i,
};

// Words after which no game goes on. Rather once too often than once too seldom.
const DISTRESS = [
  /(nicht|nimmer|nie)( mehr| länger)? (leben|aufwachen|da sein|weiterleben)/i,
  /(will|möchte|würde gern(e)?|wär(e)? (lieber|am liebsten|gern)) (nur noch )?(sterben|tot)/i,
  /umbring|suizid|selbstmord|das leben nehmen|lebensmüde|bring(e)? mich um/i,
  /ritz(e|en)?( ich)? mich|mich (selbst )?(verletz|ritz|schneid)|mir (et)?was (an)?tun|mir was antu/i,
  /schl(ä|ae)gt mich|missbrauch|vergewaltig|fasst mich an/i,
  /(don['’]?t|do not|never) (want to|want|wish to|wish|wanna) (live|wake up|be here|be alive|exist)|(want to|wish to|wanna|feel like) (die|dying)|(wish|rather|want to be|wanna be) (i (was|were) )?(be )?dead/i,
  /no(t| longer)? want(ing)? to (live|be alive)|(end|take) (my (own )?life|it all)|suicid|kill(ing)? myself|better off (dead|without me)/i,
  /(cut|cutting|hurt|hurting|harm|harming|starve|starving) myself|self-?harm/i,
  /(hits|beats|hit|beat|abuses|abused|rapes|raped|molests|molested|gropes|groped) me\b|touch(es|ed|ing)? me\b/i,
  /(was|been|being|get|got|getting) (\w+ )?(abused|raped|molested|groped|beaten)\b/i,
];

// Whether what somebody wrote may be meant in earnest.
export const isInDistress = (text) => DISTRESS.some((pattern) => pattern.test(text));

export const begin = () => ({ at: 0, log: [], facts: [], name: "" });

const list = (value) => (value === undefined ? [] : [value].flat());

// What Milo says in a turn: lines that fit what he was told before.
export const linesOf = (turn, state, nobody) =>
  turn.says
    .filter(({ when, unless }) => {
      const knows = (fact) => state.facts.includes(fact);
      return (when === undefined || list(when).some(knows)) && !list(unless).some(knows);
    })
    .map(({ text }) => text.replaceAll("{name}", () => state.name || nobody));

// The facts in words of one's own, by simple words. "kinds" says which facts a turn asks for.
export const read = (text, kinds) => {
  const found = Object.keys(kinds).filter((kind) => PATTERNS[kind]?.test(text)).map((kind) => kinds[kind]);
  if (found.length) return [...new Set(found)];
  return kinds.any && text.trim() ? [kinds.any] : [];
};

// The state after an answer. What was told before is not told twice.
export const answered = (state, turn, { text, facts = [], isOwn = false }) => {
  const told = facts.filter((fact) => !state.facts.includes(fact));
  return {
    at: state.at + 1,
    log: [...state.log, { turn: turn.id, text, told }],
    facts: [...state.facts, ...told],
    name: isOwn && turn.free?.facts.any === "name" ? text.trim() : state.name,
  };
};

// Where each fact came from, in the order it was told.
export const card = (state) =>
  state.log.flatMap(({ text, told }) => told.map((fact) => ({ fact, text })));

export const together = (state, combos) =>
  combos.filter(({ needs }) => needs.every((fact) => state.facts.includes(fact)));

// "none", "one" or "some": which pattern speaks of so many things.
export const formOf = (count) => (count === 0 ? "none" : count === 1 ? "one" : "some");
