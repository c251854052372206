// A list of names as an encrypted file: numbers of a group to names, under a passphrase.
// Pure: it asks for nothing and keeps nothing. docs/teach.md describes the format.

export const FORMAT = "datenkundig-namen";
export const VERSION = 1;
export const HIGHEST = 40;
export const LONGEST = 80;
export const SHORTEST_PASSPHRASE = 12;
// OWASP's figure for PBKDF2 with SHA-256. A file may ask for more, never for less, nor
// for so much that opening it would hang.
export const ITERATIONS = 600_000;
const MOST_ITERATIONS = 10_000_000;
const SALT_BYTES = 16;
const IV_BYTES = 12;
const MOST_CHARACTERS = 100_000;
// The length tells how long the names are; so it is rounded up.
const BLOCK = 1024;

export class NamesFileError extends Error {
  // `reason`: no_crypto, short, wrong_file, newer, other_group, damaged or wrong_passphrase.
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

// Whether this page may encrypt: over http browsers refuse, but for localhost.
export const canEncrypt = () => Boolean(globalThis.crypto?.subtle);

// Return the text of a file with `names` (a Map of number to name) for `group`.
export async function seal(names, passphrase, group, iterations = ITERATIONS) {
  if (!canEncrypt()) throw new NamesFileError("no_crypto");
  if (!isLongEnough(passphrase)) throw new NamesFileError("short");
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const plain = padded(JSON.stringify([...names]));
  const key = await keyOf(passphrase, salt, iterations);
  const data = await crypto.subtle.encrypt(cipher(iv, group), key, plain);
  const file = {
    format: FORMAT, version: VERSION, group,
    kdf: "PBKDF2-SHA-256", iterations, salt: toBase64(salt),
    cipher: "AES-256-GCM", iv: toBase64(iv), data: toBase64(new Uint8Array(data)),
  };
  return JSON.stringify({ ...file, check: await checkOf(file) }, null, 2);
}

// Return the Map of number to name in the text of a file, or throw a NamesFileError.
export async function unseal(text, passphrase, group) {
  if (!canEncrypt()) throw new NamesFileError("no_crypto");
  const file = read(text);
  if (file.group !== group) throw new NamesFileError("other_group");
  // What was changed on the way is told from a mistyped passphrase; nobody can tell
  // anything else from the check, which is made of what stands beside it.
  if (file.check !== (await checkOf(file))) throw new NamesFileError("damaged");
  const { salt, iv, data } = bytesOf(file);
  const key = await keyOf(passphrase, salt, file.iterations);
  let plain;
  try {
    plain = await crypto.subtle.decrypt(cipher(iv, group), key, data);
  } catch {
    throw new NamesFileError("wrong_passphrase");
  }
  return cleaned(JSON.parse(new TextDecoder().decode(plain)));
}

export const isLongEnough = (passphrase) => normal(passphrase).length >= SHORTEST_PASSPHRASE;

// Return the names in pasted lines by number: an empty line leaves its number free.
// Where every line begins with a number, as in a class list, these numbers count.
export function readLines(text) {
  const lines = text.replace(/\s+$/, "").split(/\r\n|\r|\n/);
  const numbered = lines.filter((line) => line.trim()).map((line) => line.match(/^\s*(\d{1,2})\s*[.):;,\t ]\s*(.*)$/));
  const own = numbered.length > 0 && numbered.every(Boolean);
  const pairs = own ? numbered.map(([, number, name]) => [Number(number), name]) : lines.map((name, at) => [at + 1, name]);
  return { names: cleaned(pairs), left: pairs.filter(([number, name]) => name.trim() && !isNumber(number)).length };
}

// Return a name as it is kept: in one line, without what cannot be seen.
export const cleanName = (name) => name.normalize("NFC").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").replace(/\s+/g, " ").trim().slice(0, LONGEST);

const isNumber = (number) => Number.isInteger(number) && number >= 1 && number <= HIGHEST;

function cleaned(pairs) {
  const names = new Map();
  for (const [number, name] of pairs) {
    const clean = typeof name === "string" ? cleanName(name) : "";
    if (isNumber(number) && clean) names.set(number, clean);
  }
  return new Map([...names].sort(([one], [other]) => one - other));
}

// The same passphrase on every keyboard: macOS sends ä in two characters.
const normal = (passphrase) => passphrase.normalize("NFC").trim();

function read(text) {
  let file;
  try {
    file = text.length <= MOST_CHARACTERS && JSON.parse(text);
  } catch {
    throw new NamesFileError(text.includes(FORMAT) ? "damaged" : "wrong_file");
  }
  if (file?.format !== FORMAT) throw new NamesFileError("wrong_file");
  if (file.version !== VERSION) throw new NamesFileError(file.version > VERSION ? "newer" : "damaged");
  const { iterations } = file;
  const isSane = Number.isInteger(iterations) && iterations >= ITERATIONS && iterations <= MOST_ITERATIONS;
  if (!isSane) throw new NamesFileError("damaged");
  return file;
}

function bytesOf(file) {
  try {
    const [salt, iv, data] = [file.salt, file.iv, file.data].map(fromBase64);
    if (salt.length === SALT_BYTES && iv.length === IV_BYTES) return { salt, iv, data };
  } catch {
    // falls through to the same answer
  }
  throw new NamesFileError("damaged");
}

async function keyOf(passphrase, salt, iterations) {
  const words = new TextEncoder().encode(normal(passphrase));
  const base = await crypto.subtle.importKey("raw", words, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

// The group is part of what is proven: a file put under another group opens nothing.
const cipher = (iv, group) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(`${FORMAT}/${VERSION}/${group}`) });

async function checkOf({ group, iterations, salt, iv, data }) {
  const bytes = new TextEncoder().encode([group, iterations, salt, iv, data].join("/"));
  return toBase64(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

function padded(text) {
  const bytes = new TextEncoder().encode(text);
  const whole = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK).fill(0x20);
  whole.set(bytes);
  return whole;
}

const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const fromBase64 = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
