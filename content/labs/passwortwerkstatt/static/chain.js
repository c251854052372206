// Pure parts of the chain: which accounts fall after one shop was robbed.
//
// A service is { id, kind, resets }. Kinds: "leak" (was robbed), "same" (the stolen
// password fits), "variant" (the stolen one with something added), "own" (another
// password, but the mailbox can reset it). "resets" marks the mailbox.

// Returns the ways in which a service can be secured: "password", one of its own, or
// "factor", a second one. The mailbox deserves either.
export const waysOf = ({ kind, resets }) => {
  if (kind === "leak") return [];
  if (kind === "own") return ["factor"];
  return resets ? ["password", "factor"] : ["password"];
};

// Secures a service in one way; the same once more takes it back.
export const toggle = (changed, id, way) =>
  changed.get(id) === way ? changed.delete(id) : changed.set(id, way);

// Returns the fall: [{ id, why }] in the order in which it happens. "changed" holds which
// services were secured, in whatever way.
export const fall = (services, changed = new Map()) => {
  const open = services.filter(({ id, kind }) => kind !== "own" && (kind === "leak" || !changed.has(id)));
  const fallen = open.map(({ id, kind }) => ({ id, why: kind }));
  if (!open.some(({ resets }) => resets)) return fallen;
  const reset = services.filter(({ id, kind }) => kind === "own" && !changed.has(id));
  return [...fallen, ...reset.map(({ id }) => ({ id, why: "reset" }))];
};

// A password manager gives every account a password of its own.
export const allChanged = (services) => new Map(services.map(({ id }) => [id, "password"]));
