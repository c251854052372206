// An own photo: read on this device, shown from both sides, cleaned, saved.

import { fillIn, h } from "../labs/kit.js";
import { clean } from "./clean.js";
import { factsOf } from "./facts.js";
import { bytesOf, open, Unreadable } from "./parts.js";
import { rowsOf } from "./rows.js";
import { bar, button, focusOn, NAME, outline, picture, print, steps, town } from "./show.js";
import { frameFor, nearestCity } from "./world.js";

const TYPES = { jpeg: "image/jpeg", png: "image/png", webp: "image/webp" };
const WIDEST = 960; // pixels of what is shown; the file itself stays as it is

// Draws the photo small enough for the page, turned as its file says.
const drawn = async (photo, label) => {
  const map = await createImageBitmap(new Blob([photo.bytes], { type: TYPES[photo.format] })).catch(() => {
    throw new Unreadable("broken");
  });
  const scale = Math.min(1, WIDEST / Math.max(map.width, map.height));
  const canvas = h("canvas", { width: Math.round(map.width * scale), height: Math.round(map.height * scale), role: "img", "aria-label": label });
  canvas.getContext("2d").drawImage(map, 0, 0, canvas.width, canvas.height);
  map.close();
  return canvas;
};

const save = (bytes, name, type) => {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

const cleanName = (name, ending) => `${name.replace(/\.[^.]*$/, "") || "foto"}-${ending}`;

const where = ({ place, isOpaque }, words) => {
  if (!place) return [h("p", {}, isOpaque ? words.no_known_place : words.no_place)];
  const near = nearestCity(place);
  const isGermany = frameFor(place) === "germany";
  const pattern = isGermany ? (near.km < 10 ? words.at : words.near) : words.far;
  const label = fillIn(pattern, { ...near, metres: place.metres });
  return [h("p", {}, label), outline(place, label)];
};

const rest = (photo, facts, name, stage) => {
  const { own } = stage.words;
  const language = stage.language;
  const told = h("p", { class: "lab-note", hidden: true });
  const write = () => {
    const bytes = clean(photo);
    const left = factsOf(open(bytes));
    const number = (value) => value.toLocaleString(language);
    const file = `${cleanName(name, own.ending)}.${photo.format === "jpeg" ? "jpg" : photo.format}`;
    save(bytes, file, TYPES[photo.format]);
    told.textContent = fillIn(left.told ? own.saved_turned : own.saved, { file, before: number(facts.bytes), after: number(bytes.length) });
    told.hidden = false;
    focusOn(told);
  };
  return [
    h("h3", {}, own.clean),
    h("p", {}, bar(facts), " ", fillIn(own.share, { told: facts.told.toLocaleString(language), all: facts.bytes.toLocaleString(language) })),
    h("p", {}, button(own.save, write)), told, h("p", {}, own.still)];
};

const mapOf = (facts, { words }, isKims) =>
  isKims ? [town(facts.place, words), h("p", { class: "muted" }, words.sea)] : where(facts, words.own);

const headOf = (facts, count, { none, unread, one, count: many }) => {
  if (!count) return facts.told ? unread : none;
  return count === 1 ? one : fillIn(many, { count });
};

const backOf = (facts, stage) => {
  const { words } = stage;
  const rows = rowsOf(facts, words, stage.language);
  const item = ({ id, value }) =>
    h("div", {}, h("dt", {}, words.rows[id]), h("dd", {}, h("b", {}, value), " ", fillIn(words.own.means[id], { metres: facts.place?.metres })));
  const title = h("h3", {}, headOf(facts, rows.length, words.own));
  return [title,
    h("dl", { class: `${NAME}-facts` }, ...rows.map(item)),
    facts.thumbnail && h("figure", { class: `${NAME}-hidden` }, picture(facts.thumbnail, words.own.thumbnail), h("figcaption", {}, words.own.thumbnail))];
};

export const ownPart = (stage, files) => {
  const { words } = stage;
  const { own } = words;
  const result = h("div");
  let latest = 0;

  const refuse = (reason) => {
    const problem = h("p", { class: "lab-note" }, own.problems[reason]);
    result.replaceChildren(problem);
    focusOn(problem);
  };

  // "file" is a File or a Blob. What was said of the file before goes at once, and a slow
  // file that is no longer the chosen one says nothing.
  const show = async (file, name, isKims = false) => {
    latest += 1;
    const turn = latest;
    result.replaceChildren();
    try {
      const photo = open(await bytesOf(file));
      const facts = factsOf(photo);
      const canvas = await drawn(photo, isKims ? words.alts.rad : own.picture);
      if (turn !== latest) return;
      const title = h("h3", {}, own.result);
      result.replaceChildren(title, h("div", { class: "lab-columns" },
        h("div", {}, print(name, canvas), ...mapOf(facts, stage, isKims)),
        h("div", {}, ...backOf(facts, stage).filter(Boolean))), ...rest(photo, facts, name, stage));
      focusOn(title);
    } catch (error) {
      if (turn === latest) refuse(error.reason ?? "broken");
      if (!(error instanceof Unreadable)) throw error;
    }
  };

  const input = h("input", {
    type: "file", accept: "image/jpeg,image/png,image/webp", class: `${NAME}-input`,
    onchange: ({ target }) => {
      const [file] = target.files;
      if (file) show(file, file.name);
    },
  });
  stage.show(
    steps(words, 2),
    h("h2", {}, own.title),
    h("p", {}, own.intro),
    h("p", {}, h("label", { class: `${NAME}-pick` }, h("span", {}, own.pick), input)),
    h("p", {}, button(own.kims, () => show(new Blob([files.rad.photo.bytes]), own.kims_name, true), "link-button")),
    result,
    h("p", { class: `${NAME}-actions` }, button(words.finish, () => stage.finish())));
};
