// The drawings: a sign for each topic, two scenes for each, a background for each level.
//
// A scene is a list of groups; a group moves in one way (see lab.css) and holds strokes:
// "f" filled with the topic's colour, "s" like paper, "i" ink, "t" thin ink, "b" and "p" the
// two fillings with ink around them, "g" the ground.

import { svg } from "../labs/kit.js";

const SIGNS = {
  tiere: "M6 21c-3-6-3-12 0-16l5 4h8l5-4c3 4 3 10 0 16-2 5-6 6-9 6s-7-1-9-6zM11 16h.1M19 16h.1M13 21l2 2 2-2",
  sport: "M15 4a11 11 0 1 1 0 22 11 11 0 1 1 0-22zM15 10l5 4-2 6h-6l-2-6zM15 4v6M25 12l-5 2M22 24l-4-4M8 24l4-4M5 12l5 2",
  kochen: "M5 13h20v8a5 5 0 0 1-5 5H10a5 5 0 0 1-5-5zM2 13h26M11 9c-2-2 2-3 0-6M18 9c-2-2 2-3 0-6",
  basteln: "M4 26l12-12M13 8l7-4 6 6-4 7-3-1-5-5zM20 4l6 6",
  musik: "M11 22V7l14-3v15M11 22a4 3.4 0 1 1-4-3.4c2 0 4 1.4 4 3.4zM25 19a4 3.4 0 1 1-4-3.4c2 0 4 1.4 4 3.4z",
  witz: "M15 4a11 11 0 1 1 0 22 11 11 0 1 1 0-22zM9 16c1 8 11 8 12 0zM9 12l3-1M21 12l-3-1",
  nachrichten: "M4 12v6h4l14 7V5L8 12zM8 12v6M11 20l2 6M26 12c1.5 2 1.5 4 0 6",
  fitness: "M3 15h4M23 15h4M11 15h8M7 9v12M11 6v18M19 6v18M23 9v12",
};

const SCENES = {
  tiere: [
    [["", "fM104 292c-8-74 8-138 46-138s54 64 46 138z", "iM104 292c-8-74 8-138 46-138s54 64 46 138", "sM126 292c-6-50 4-96 24-96s30 46 24 96z", "bM110 132c0-30 18-48 40-48s40 18 40 48-18 44-40 44-40-14-40-44z", "iM116 96c-10-8-8-18 4-16M184 96c10-8 8-18-4-16M134 122h.5M166 122h.5M144 138h12l-6 8zM150 146v8M196 286c30 2 44-10 52-24", "tM128 142l-26-6M128 150l-24 6M172 142l26-6M172 150l24 6"], ["bob", "iM116 196c2 22 14 30 28 26M184 196c-2 22-14 30-28 26", "pM138 214h24v18h-24z"]],
    [["sway", "iM206 276c34-2 44-28 38-50"], ["", "fM92 292c-2-64 16-108 66-108s62 52 58 108z", "iM92 292c-2-64 16-108 66-108s62 52 58 108M126 292v-44M120 292h-34"], ["bob", "pM76 150c0-32 20-48 50-48s48 20 48 48-18 42-48 42-50-14-50-42z", "iM110 140h.5M76 150h.5M84 170c10 8 20 6 26-2", "bM148 108c26-2 42 28 32 64-18 0-30-22-32-64z"]],
  ],
  sport: [
    [["", "iM52 292V120h196v172", "tM52 156h196M52 196h196M52 236h196M92 120v172M132 120v172M172 120v172M212 120v172"], ["spin", "pM150 160a50 50 0 1 1 0 100 50 50 0 1 1 0-100z", "bM150 186l23 17-9 27h-28l-9-27z", "iM150 160v26M197 195l-24 8M181 250l-17-20M119 250l17-20M103 195l24 8"]],
    [["", "sM96 84l60-10 18 116-54 12z", "iM96 84l60-10 18 116M96 84l24 118", "bM118 200l56-12c24 26 44 22 62 30 16 8 14 28 2 30H124z", "iM136 248v14M168 248v14M204 248v14M188 206l-12 14M206 214l-12 14"], ["bob", "pM60 236a28 28 0 1 1 0 56 28 28 0 1 1 0-56z", "iM60 252l12 9-5 14H53l-5-14z"]],
  ],
  kochen: [
    [["rise", "iM110 140c-14-16 14-26 0-46M150 132c-14-16 14-26 0-46M190 140c-14-16 14-26 0-46"], ["", "bM70 178h160v66c0 28-18 46-46 46h-68c-28 0-46-18-46-46z", "iM54 178h192M70 204c-22-4-30 22 0 28M230 204c22-4 30 22 0 28", "tM92 250c4 14 12 22 24 24"], ["bob", "pM62 178c10-22 166-22 176 0z", "iM150 162v-12M138 148h24"]],
    [["sway", "bM96 128c40-16 62 0 70 34 12 52 26 80 66 104-54 18-104-14-122-66-8-24-10-48-14-72z", "iM96 128c-10-10-22-8-30 4M112 124c-2-22-16-34-36-36", "tM124 152c4 34 18 66 46 86"], ["", "iM128 158h.5M150 152h.5M132 178c8 6 16 4 22-4M40 292h220"]],
  ],
  basteln: [
    [["", "bM46 244h208v46H46z", "tM62 262c40-8 70 12 120 0M74 278c50-6 90 6 160-2", "iM206 244v-40M194 204h24"], ["knock", "sM72 118h26l64 118-22 12z", "iM98 130l64 106-22 12-58-112", "bM52 96l74-34 18 38-74 34z", "iM126 62c20-4 30 8 34 28"]],
    [["", "iM60 120h40l26 62M204 112l-26 70h-52l40-50M196 112h24M150 292h.5"], ["spin", "pM150 132a76 76 0 1 1 0 152 76 76 0 1 1 0-152z", "tM150 132v152M74 208h152M96 154l108 108M204 154L96 262", "bM150 190a18 18 0 1 1 0 36 18 18 0 1 1 0-36z"]],
  ],
  musik: [
    [["sway", "bM118 174c-8-26 24-40 46-22 20-2 40 10 30 34 20 24 14 76-34 88-48 10-80-30-66-66 4-12 14-22 24-34z", "pM146 196a20 20 0 1 1 0 40 20 20 0 1 1 0-40z", "iM124 256l32 8", "sM158 166l32-92 18 8-30 92z", "iM158 166l32-92 18 8-30 92M190 74l4-24 26 10-12 22", "tM150 196l46-116M156 200l46-118"]],
    [["", "sM92 292c2-48 24-70 58-70s56 22 58 70z", "fM92 292c2-48 24-70 58-70s56 22 58 70z", "iM92 292c2-48 24-70 58-70s56 22 58 70", "pM104 160c0-34 20-54 46-54s46 20 46 54-20 56-46 56-46-22-46-56z", "iM128 146l10 4M172 146l-10 4M102 150c-14-50 20-66 48-66s62 16 48 66"], ["pulse", "bM136 180c0-14 28-14 28 0s-28 22-28 0z"], ["rise", "iM232 130V92l22-6v36M232 130a8 7 0 1 1-8-7M254 122a8 7 0 1 1-8-7M62 150v-34l18 6"]],
  ],
  witz: [
    [["bob", "pM102 60h96v90h-96z", "tM118 82h64M118 98h50M118 114h60"], ["", "bM58 150h184v80H58z", "iM78 230l-10 60h164l-10-60M206 172h.5M222 172h.5M84 176h80", "pM88 230h124l8 46H80z"], ["sway", "iM128 252h.5M172 252h.5M134 264c10-8 22-8 32 0"]],
    [["sway", "bM74 184c0-50 32-82 76-82s76 32 76 82-32 84-76 84-76-34-76-84z", "iM108 160l26 8M108 176l26-8M192 160l-26 8M192 176l-26-8", "pM106 200h88c0 34-20 50-44 50s-44-16-44-50z", "iM112 214h76"], ["rise", "iM66 150c-14 10-18 22-8 28s18-6 8-28zM234 150c14 10 18 22 8 28s-18-6-8-28z"]],
  ],
  nachrichten: [
    [["sway", "bM76 172l110-60v148L76 208z", "pM50 172h26v36H50z", "iM98 220l14 60h26l-12-48M186 150c20 4 20 66 0 70"], ["pulse", "iM222 160c12 16 12 38 0 54M244 142c22 28 22 62 0 90M264 126c30 36 30 86 0 122"]],
    [["", "sM56 130l94-58 94 58v160H56z", "iM56 130l94-58 94 58M70 138v152M230 138v152M40 290h220M56 138h188M104 138v152M196 138v152", "bM130 220h40v70h-40z", "iM150 96h.5M118 160v30M150 160v30M182 160v30"], ["sway", "fM150 72V30l44 12-44 14z", "iM150 72V30l44 12-44 14"]],
  ],
  fitness: [
    [["", "iM150 210l-36 82M150 210l36 82", "bM126 136h48l-6 78h-36z", "pM126 100a24 24 0 1 1 48 0 24 24 0 1 1-48 0z", "iM142 98h.5M158 98h.5M144 110h12"], ["sway", "iM128 142L84 78M172 142l44-64"], ["", "iM60 292h180"]],
    [["bob", "iM104 190h92", "bM66 136h38v108H66zM196 136h38v108h-38z", "iM66 160H44v60h22M234 160h22v60h-22M44 190H30M256 190h14"], ["", "iM40 292h220", "tM90 266h40M170 266h40"]],
  ],
};

const GROUNDS = [
  ["gM0 262c60-26 110-6 160-16s90-26 140-8v102H0z"],
  ["gM150 200L-20 60V-20h70zM150 200L100-20h100zM150 200L250-20h70V60zM150 200l170 40v80zM150 200l-170 40v80z"],
  ["gM150 10l26 52 50-34-6 60 66-8-42 52 56 34-62 22 36 60-68-12 2 66-52-46-42 52-18-64-62 30 20-64-66-6 48-46-44-52 66 4-14-62 56 32z"],
];

const STROKES = { f: "derfeed-fill", s: "derfeed-sheet", b: "derfeed-fill derfeed-ink", p: "derfeed-sheet derfeed-ink", i: "derfeed-ink", t: "derfeed-thin", g: "derfeed-back" };
const stroke = (text) => svg("path", { class: STROKES[text[0]], d: text.slice(1) });

export const sign = (topic) =>
  svg("svg", { class: "derfeed-sign", viewBox: "0 0 30 30", "aria-hidden": "true", focusable: "false" }, svg("path", { d: SIGNS[topic] }));

// The sign's path alone, to be put into another drawing.
export const signPath = (topic, attributes) => svg("path", { class: "derfeed-mark", d: SIGNS[topic], ...attributes });

// Returns the moving picture of a clip. Its words stand beside it.
export const scene = ({ topic, index = 0, level, ad }) =>
  svg("svg", { class: `derfeed-scene is-${topic} is-level-${level}${ad ? " is-ad" : ""}`, viewBox: "0 0 300 340", "aria-hidden": "true", focusable: "false", preserveAspectRatio: "xMidYMid slice" },
    svg("rect", { class: "derfeed-ground", x: -300, y: -300, width: 900, height: 940 }),
    svg("g", {}, ...GROUNDS[level - 1].map(stroke)),
    svg("g", { transform: level > 1 ? `translate(${150 - 150 * (0.95 + level * 0.06)} ${190 - 190 * (0.95 + level * 0.06)}) scale(${0.95 + level * 0.06})` : false },
      ...SCENES[topic][index % 2].map(([move, ...strokes]) => svg("g", { class: move && `derfeed-${move}` }, ...strokes.map(stroke)))));

const HEART = "M15 26C6 19 3 14 4 9c2-6 9-6 11 0 2-6 9-6 11 0 1 5-2 10-11 17z";
const AWAY = "M15 4a11 11 0 1 1 0 22 11 11 0 1 1 0-22zM8 8l14 14";
const DOWN = "M15 24V5M7 13l8-8 8 8";
const icon = (d) => svg("svg", { class: "derfeed-sign", viewBox: "0 0 30 30", "aria-hidden": "true", focusable: "false" }, svg("path", { d }));
export const heart = () => icon(HEART);
export const away = () => icon(AWAY);
export const up = () => icon(DOWN);

const FACES = {
  mia: "M20 34c-4-22 10-28 20-28s24 6 20 28M24 34c0-12 6-18 16-18s16 6 16 18-6 18-16 18-16-6-16-18zM34 33h.1M46 33h.1M35 42c3 3 7 3 10 0M20 34v14M60 34v14",
  kaya: "M23 30c0-14 7-20 17-20s17 6 17 20-6 24-17 24-17-10-17-24zM30 28h8v6h-8zM42 28h8v6h-8zM38 31h4M32 42c4-4 12-4 16 0M36 47h8",
  jo: "M24 34c0-12 6-18 16-18s16 6 16 18-6 18-16 18-16-6-16-18zM24 28c2-20 30-20 32 0M22 30a3 6 0 1 0 2 10M58 30a3 6 0 1 1-2 10M34 33h.1M46 33h.1M34 42h12",
};
export const face = (name) => svg("svg", { class: "derfeed-face", viewBox: "0 0 80 64", "aria-hidden": "true", focusable: "false" }, svg("path", { class: "derfeed-fill", d: "M12 64c2-16 14-20 28-20s26 4 28 20z" }), svg("path", { class: "derfeed-facefill", d: FACES[name] }));
