// What the three parts of the lab draw: prints, backs, the file on kim_07, maps, bars.

import { metres, places, townMap } from "../labs/hellingen.js";
import { fillIn, h, svg } from "../labs/kit.js";
import { cities, frameFor, frames, inHellingen } from "./world.js";

export const NAME = "fotodetektiv";

export const button = (text, onclick, look = "button") => h("button", { type: "button", class: look, onclick }, text);

export const steps = ({ steps: names }, at) =>
  h("ol", { class: "lab-steps" }, ...names.map((name, index) => h("li", { "aria-current": index === at && "step" }, `${index + 1}. ${name}`)));

// Moves the focus to something new that is no heading of the board, and shows all of it.
export const focusOn = (element, whole = element) => {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  whole.scrollIntoView({ block: "nearest" });
};

const asBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

export const picture = (bytes, alt, given = {}) => h("img", { src: `data:image/jpeg;base64,${asBase64(bytes)}`, alt, ...given });

export const print = (caption, ...inside) =>
  h("figure", { class: `${NAME}-print` }, h("div", { class: `${NAME}-front` }, ...inside), h("figcaption", {}, caption));

// --- The file on kim_07 ----------------------------------------------------------------

export const casefile = ({ file }, found, isNew = false) =>
  h("section", { class: `${NAME}-file`, "aria-label": file.title },
    h("h3", {}, file.title),
    h("ul", {}, ...file.slots.map(({ name, says }, index) =>
      h("li", { class: index < found ? (isNew && index === found - 1 ? "is-found is-new" : "is-found") : "" },
        h("b", {}, name), " ", h("span", {}, index < found ? says : file.open)))));

// --- Maps ------------------------------------------------------------------------------

const pin = (x, y, scale = 1) =>
  svg("g", { class: `${NAME}-pin`, transform: `translate(${x} ${y}) scale(${scale})` },
    svg("path", { d: "M0 0C-10-18-24-30-24-48a24 24 0 0 1 48 0C24-30 10-18 0 0z" }), svg("circle", { cy: -47, r: 9 }));

const target = ({ x, y }) =>
  svg("g", { class: `${NAME}-target`, transform: `translate(${x} ${y})` },
    svg("path", { d: "M28 0a28 28 0 1 1-56 0a28 28 0 1 1 56 0M0 28V52M28 0H52M-28 0H-52" }), svg("circle", { r: 8 }));

export const town = (place, words) => {
  const spot = inHellingen(place);
  const near = places.amhang;
  const label = fillIn(words.map, { name: near.name, metres: Math.round(metres(spot, near)) });
  return h("div", { class: `${NAME}-map` }, townMap({ label, children: [target(spot)] }));
};

const grid = ({ width, height }, step) => {
  const lines = (end, line) => Array.from({ length: Math.floor(end / step) }, (_, index) => line((index + 1) * step)).join("");
  return svg("path", { class: `${NAME}-grid`, d: lines(width, (x) => `M${x} 0V${height}`) + lines(height, (y) => `M0 ${y}H${width}`) });
};

const cityMark = (frame, city) => {
  const [x, y] = frame.spot(city);
  return svg("g", { class: `${NAME}-city` }, svg("circle", { cx: x, cy: y, r: 7 }), svg("text", { x: x + 14, y: y + 9 }, city.name.split(" ")[0]));
};

// The outline of Germany or of the world with the place of an own photo.
export const outline = (place, label) => {
  const which = frameFor(place);
  const frame = frames[which];
  const [x, y] = frame.spot(place);
  const isWorld = which === "world";
  return svg("svg", { class: `${NAME}-outline is-${which}`, viewBox: `0 0 ${frame.width} ${frame.height}`, role: "img", "aria-label": label },
    grid(frame, isWorld ? 30 : 100),
    svg("path", { class: `${NAME}-land`, d: frame.outline }),
    ...(isWorld ? [] : cities.map((city) => cityMark(frame, city))),
    pin(x, y, isWorld ? 0.3 : 1.5));
};

// --- Bytes -----------------------------------------------------------------------------

// How much of a file is picture and how much is told besides, or was.
export const bar = (facts, isClean = false) =>
  h("span", { class: `${NAME}-bar`, "aria-hidden": "true", style: { "--told": facts.told / facts.bytes } },
    h("span", {}), facts.told > 0 && h("span", { class: isClean ? "is-gone" : "is-told" }));
