// Passwort-Werkstatt: crack, roll, topple, sign in. Each station leads to the next.

import { play } from "../labs/kit.js";
import { crackPart } from "./crack.js";
import { loginPart } from "./login.js";
import { rollPart } from "./roll.js";
import { topplePart } from "./topple.js";

play("passwortwerkstatt", (stage) => {
  crackPart(stage, () => rollPart(stage, () => topplePart(stage, () => loginPart(stage))));
});
