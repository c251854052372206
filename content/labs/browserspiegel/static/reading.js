// What a browser answers. Nothing here is sent, kept or compared; a browser that does not
// answer gives undefined.

// Typefaces that come with systems and with programs people install.
const FONTS = [
  "Arial", "Calibri", "Cambria", "Comic Sans MS", "Consolas", "Courier New", "Fira Code", "Futura", "Garamond", "Georgia",
  "Gill Sans", "Helvetica Neue", "Impact", "Liberation Sans", "Lucida Grande", "Menlo", "Minion Pro", "Noto Sans", "Optima",
  "Palatino", "Roboto", "Segoe UI", "Source Code Pro", "Tahoma", "Times New Roman", "Trebuchet MS", "Ubuntu", "Verdana",
];
const SAMPLE = "mmmmmmmmmmlli WiBO 0123";

const guarded = (read) => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

const prefers = (query) => matchMedia(query).matches;

// A typeface is there when a word set in it is not as wide as in its stand-in.
const fontsThere = () => {
  const pen = document.createElement("canvas").getContext("2d");
  const width = (font) => ((pen.font = font), pen.measureText(SAMPLE).width);
  return FONTS.filter((name) =>
    ["monospace", "serif"].some((base) => width(`40px "${name}", ${base}`) !== width(`40px ${base}`)));
};

const painted = () => {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 240, height: 60 });
  const pen = canvas.getContext("2d");
  const wash = pen.createLinearGradient(0, 0, 240, 60);
  wash.addColorStop(0, "#f2b33d");
  wash.addColorStop(1, "#0f6b70");
  pen.fillStyle = wash;
  pen.fillRect(0, 0, 240, 60);
  pen.fillStyle = "#fffdf8";
  pen.font = "22px serif";
  pen.fillText("Hellingen, 6:40 ☂ ½", 12, 38);
  pen.strokeStyle = "#22302f";
  pen.beginPath();
  pen.arc(205, 30, 17, 0.3, 5);
  pen.stroke();
  return canvas;
};

// A short number for a picture (FNV-1a, 32 bit), as trackers make one.
export const numberOf = (text) => {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
};

const graphicsChip = () => {
  const gl = document.createElement("canvas").getContext("webgl");
  const told = gl?.getExtension("WEBGL_debug_renderer_info");
  return gl?.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
};

// Says how many were found and which.
export const listed = (pattern, found, all) => {
  const count = pattern.replace("{count}", found.length).replace("{all}", all);
  return found.length ? `${count}: ${found.join(", ")}` : count;
};

// Returns each answer in words, and the picture that was painted.
export const readAll = (words) => {
  const points = (width, height) => words.points.replace("{width}", width).replace("{height}", height);
  const picture = guarded(painted);
  const fonts = guarded(fontsThere);
  const wanted = (is) => (is ? words.wanted : words.plain);
  const asked = {
    screen: () => points(screen.width, screen.height),
    window: () => points(innerWidth, innerHeight),
    ratio: () => String(Math.round(devicePixelRatio * 100) / 100),
    cores: () => navigator.hardwareConcurrency,
    memory: () => navigator.deviceMemory && `${navigator.deviceMemory} GB`,
    touch: () => String(navigator.maxTouchPoints),
    system: () => navigator.userAgentData?.platform || navigator.platform,
    browser: () => navigator.userAgent,
    languages: () => navigator.languages.join(", "),
    zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    format: () => (1234.5).toLocaleString(navigator.language),
    fonts: () => fonts && listed(words.many, fonts, FONTS.length),
    canvas: () => picture && numberOf(picture.toDataURL()),
    graphics: graphicsChip,
    scheme: () => (prefers("(prefers-color-scheme: dark)") ? words.dark : words.light),
    motion: () => wanted(prefers("(prefers-reduced-motion: reduce)")),
    contrast: () => wanted(prefers("(prefers-contrast: more)")),
    signal: () => wanted(navigator.globalPrivacyControl || navigator.doNotTrack === "1"),
  };
  const answers = Object.fromEntries(Object.entries(asked).map(([name, read]) => [name, guarded(read)]));
  return { answers, picture };
};
