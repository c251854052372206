// What follows from decisions, as values. A decision is an option's name by app.

// What each app can know now, in the order of the apps.
export const known = (apps, decisions) =>
  apps
    .map((app) => ({ app, text: app.options[decisions[app.id]]?.knows }))
    .filter(({ text }) => text);

// What apps know together; a need is "app:option".
export const together = (combos, decisions) =>
  combos.filter(({ needs }) => needs.every((need) => {
    const [app, option] = need.split(":");
    return decisions[app] === option;
  }));

const NOON = "12:00";

// What apps do at night, evening before morning.
export const night = (apps, decisions) =>
  apps
    .map((app) => ({ app, ...app.options[decisions[app.id]]?.night }))
    .filter(({ at }) => at)
    .sort((a, b) => (a.at < NOON) - (b.at < NOON) || a.at.localeCompare(b.at));

// How many apps were not decided on.
export const open = (apps, decisions) => apps.filter(({ id }) => !(id in decisions)).length;

// Whether an answer is one of those that can be defended.
export const isDefensible = (app, answer) => app.sort.right.includes(answer);

// "none", "one" or "some": which pattern speaks of so many things.
export const formOf = (count) => (count === 0 ? "none" : count === 1 ? "one" : "some");
