// Two small drawings: a stamp of Hellingen, and the sign of the delivery service.

import { svg } from "../labs/kit.js";

const NAME = "auskunftwerkstatt";

const ink = (d) => svg("path", { class: `${NAME}-ink`, d });
const flat = (d) => svg("path", { class: `${NAME}-flat`, d });
const drawing = (viewBox, look, ...parts) => svg("svg", { viewBox, class: `${NAME}-${look}`, "aria-hidden": "true", focusable: "false" }, ...parts);

export const stamp = () =>
  drawing("0 0 120 96", "stamp",
    svg("rect", { class: `${NAME}-edge`, x: 50, y: 4, width: 66, height: 78 }),
    flat("M74 70V38l9-16 9 16v32z"),
    ink("M60 70h46M74 70V38h18v32M74 38l9-16 9 16M83 22v-9l8 3-8 3M80 70v-9c0-5 6-5 6 0v9M79 47h8M64 70V56l5-5 5 5M92 56l5-5 6 5v14"),
    ink("M34 44a24 24 0 1 1 0 48 24 24 0 1 1 0-48zM34 52a16 16 0 1 1 0 32 16 16 0 1 1 0-32zM58 58c6-4 10 4 16 0s10 4 16 0M58 68c6-4 10 4 16 0s10 4 16 0"));

export const plate = () =>
  drawing("0 0 96 60", "plate",
    flat("M58 8a22 22 0 1 1 0 44 22 22 0 1 1 0-44z"),
    ink("M58 8a22 22 0 1 1 0 44 22 22 0 1 1 0-44zM58 18a12 12 0 1 1 0 24 12 12 0 1 1 0-24zM30 20H10M26 30H4M30 40H14M88 10v40M84 10v10c0 5 8 5 8 0V10"));
