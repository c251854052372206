// Foto-Detektiv: read the backs of four photos, clean them, open an own one.

import { play } from "../labs/kit.js";
import { casePart, filePart } from "./case.js";
import { factsOf } from "./facts.js";
import { ownPart } from "./own.js";
import { open } from "./parts.js";
import { NAME } from "./show.js";
import { samples } from "./vendor/samples.js";
import { washPart } from "./wash.js";

const unpack = (text) => {
  const photo = open(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  return { photo, facts: factsOf(photo) };
};

const files = Object.fromEntries(Object.entries(samples).map(([name, text]) => [name, unpack(text)]));

play(NAME, (stage) => {
  const own = () => ownPart(stage, files);
  const wash = () => washPart(stage, files, own);
  casePart(stage, files, (wanted) => (wanted === "own" ? own() : filePart(stage, wash)));
});
