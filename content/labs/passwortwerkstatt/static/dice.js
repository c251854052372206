// Pure parts of rolling: four dice are one of 1,296 words.

const FACES = 6;
export const DICE = 4;

// Returns a face from one random byte, or nothing where the byte would favour some faces.
const face = (byte) => (byte < 252 ? (byte % FACES) + 1 : null);

// Returns four faces. "fill" fills an array with random bytes.
export const roll = (fill) => {
  const faces = [];
  while (faces.length < DICE) {
    const found = face(fill(new Uint8Array(1))[0]);
    if (found) faces.push(found);
  }
  return faces;
};

// Returns which word four faces mean: 1 1 1 1 is the first, 6 6 6 6 the last.
export const wordNumber = (faces) => faces.reduce((sum, each) => sum * FACES + each - 1, 0);

// Returns which four faces mean a word: the first is 1111, the last 6666.
export const facesOf = (number) =>
  [...number.toString(FACES).padStart(DICE, "0")].map((digit) => Number(digit) + 1).join("");

// Returns the faces somebody typed, or nothing: "3 1 6 2", "3162", "3,1,6,2".
export const facesIn = (text) => {
  const digits = text.replace(/[\s,;.-]/g, "");
  return /^[1-6]{4}$/.test(digits) ? [...digits].map(Number) : null;
};
