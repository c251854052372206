// The apps' pictures: one stroke each, on a field of 40 x 40.

import { svg } from "../labs/kit.js";

const STROKES = {
  torch: "M15 6h10l-2 9v17a2 2 0 0 1-2 2h-2a2 2 0 0 1-2-2V15zM15 6l2 9h6M20 20v4",
  weather: "M14 24a6 6 0 1 1 2-11 7 7 0 0 1 13 4 5 5 0 0 1-1 10H14zM14 32l-1 3M21 32l-1 3M28 32l-1 3",
  chat: "M6 9h28v18H19l-8 7v-7H6zM13 18h.5M20 18h.5M27 18h.5",
  game: "M7 24h12v10H7zM19 24h12v10H19zM13 13h12v11H13zM19 4h8v9",
  keyboard: "M5 12h30v17H5zM11 18h.5M17 18h.5M23 18h.5M29 18h.5M13 24h14",
  run: "M24 8h.5M22 13l-7 5 5 5-4 10M15 18l-6 1M22 13l4 6 5-1M20 23l6 4v6",
  shop: "M8 14h24l-2 20H10zM14 14c0-10 12-10 12 0",
  map: "M20 35c-9-11-11-14-11-19a11 11 0 0 1 22 0c0 5-2 8-11 19zM20 20a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
  school: "M20 8L4 16l16 8 16-8zM10 20v9c6 5 14 5 20 0v-9M36 16v9",
  words: "M20 5a5 5 0 0 1 5 5v9a5 5 0 0 1-10 0v-9a5 5 0 0 1 5-5zM9 18c0 15 22 15 22 0M20 30v5",
  bus: "M8 8h24v22H8zM8 20h24M13 26h.5M27 26h.5M12 30v4M28 30v4",
  notes: "M10 5h16l5 5v25H10zM15 15h11M15 21h11M15 27h7",
};

export const icon = (name) =>
  svg("svg", { class: "apprechte-icon", viewBox: "0 0 40 40", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: STROKES[name], fill: "none", stroke: "currentColor", "stroke-width": 2.6, "stroke-linecap": "round", "stroke-linejoin": "round" }));
