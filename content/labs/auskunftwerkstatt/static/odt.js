// Writes a letter as OpenDocument text: a zip without compression, mimetype first.

const encode = (text) => new TextEncoder().encode(text);

export const crc32 = (bytes) => {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
};

// Numbers with their width in bytes, lowest byte first.
const little = (...pairs) =>
  Uint8Array.from(pairs.flatMap(([value, width]) => Array.from({ length: width }, (_, at) => (value >>> (8 * at)) & 255)));

const join = (parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const UTF8 = 0x0800;
const FIRST_OF_1980 = 0x0021; // the earliest day a zip knows: the file tells no time

// What local and central header share: version, flags, method, time, day, sum, sizes.
const facts = (name, data) => [[20, 2], [UTF8, 2], [0, 2], [0, 2], [FIRST_OF_1980, 2], [crc32(data), 4], [data.length, 4], [data.length, 4], [name.length, 2], [0, 2]];

export const zip = (files) => {
  const local = [];
  const central = [];
  let offset = 0;
  for (const [path, text] of files) {
    const [name, data] = [encode(path), encode(text)];
    const entry = join([little([0x04034b50, 4], ...facts(name, data)), name, data]);
    central.push(little([0x02014b50, 4], [20, 2], ...facts(name, data), [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name);
    local.push(entry);
    offset += entry.length;
  }
  const index = join(central);
  const end = little([0x06054b50, 4], [0, 4], [files.length, 2], [files.length, 2], [index.length, 4], [offset, 4], [0, 2]);
  return join([...local, index, end]);
};

const MIME = "application/vnd.oasis.opendocument.text";
const NS = "urn:oasis:names:tc:opendocument:xmlns";
const SPACES = ["office", "text", "style"].map((name) => `xmlns:${name}="${NS}:${name}:1.0"`).join(" ") + ` xmlns:fo="${NS}:xsl-fo-compatible:1.0"`;
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';

// Signs that XML cannot hold are left out.
const xml = (text) =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

const paragraph = (style, text) => `<text:p text:style-name="${style}">${text.split("\n").map(xml).join("<text:line-break/>")}</text:p>`;

const stylesIn = (tongue, country) => `${HEAD}<office:document-styles ${SPACES} office:version="1.2"><office:styles>`
  + `<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.25cm" fo:line-height="115%"/><style:text-properties fo:font-family="Liberation Sans, Arial, sans-serif" fo:font-size="11pt" fo:language="${tongue}" fo:country="${country}"/></style:style>`
  + '<style:style style:name="Address" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-bottom="0.9cm"/></style:style>'
  + '<style:style style:name="Day" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="end" fo:margin-bottom="0.9cm"/></style:style>'
  + '<style:style style:name="Subject" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-bottom="0.6cm"/><style:text-properties fo:font-weight="bold"/></style:style>'
  + '</office:styles><office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2.7cm" fo:margin-bottom="2cm" fo:margin-left="2.5cm" fo:margin-right="2cm"/></style:page-layout></office:automatic-styles>'
  + '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles></office:document-styles>';

const MANIFEST = `${HEAD}<manifest:manifest xmlns:manifest="${NS}:manifest:1.0" manifest:version="1.2">`
  + `<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="${MIME}"/>`
  + '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>';

const PARTS = { sender: "Address", to: "Address", day: "Day", subject: "Subject" };

// letter: {language, sender, to, day, subject, paragraphs}, plain text throughout.
export const odt = (letter) => {
  const head = Object.entries(PARTS).map(([part, style]) => paragraph(style, letter[part]));
  const body = letter.paragraphs.map((text) => paragraph("Standard", text));
  const content = `${HEAD}<office:document-content ${SPACES} office:version="1.2"><office:body><office:text>${[...head, ...body].join("")}</office:text></office:body></office:document-content>`;
  return zip([["mimetype", MIME], ["content.xml", content], ["styles.xml", stylesIn(...letter.language.split("-"))], ["META-INF/manifest.xml", MANIFEST]]);
};
