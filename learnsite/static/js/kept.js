// Words kept on this device, and only after a click. Nothing of them is ever sent.
//
// `fields` are the elements written in, by the name their words are kept under;
// `forget` is the button that deletes them, hidden while nothing is kept; `status` has
// the sentences to say as data-kept, data-forgotten and data-failed. "Finished – empty
// this device" deletes all of it.

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

export const keptWords = (key, fields, forget, status) => {
  const say = (what) => {
    status.textContent = status.dataset[what];
  };
  const fill = (words) => {
    for (const [name, field] of Object.entries(fields)) field.value = words[name] ?? "";
    forget.hidden = false;
  };
  const kept = read(key);
  if (kept) fill(kept);

  return {
    keep() {
      const words = Object.entries(fields).map(([name, field]) => [name, field.value]);
      try {
        localStorage.setItem(key, JSON.stringify(Object.fromEntries(words)));
        forget.hidden = false;
        say("kept");
      } catch {
        say("failed");
      }
    },
    forget() {
      localStorage.removeItem(key);
      for (const field of Object.values(fields)) field.value = "";
      forget.hidden = true;
      say("forgotten");
      Object.values(fields)[0].focus();
    },
  };
};
