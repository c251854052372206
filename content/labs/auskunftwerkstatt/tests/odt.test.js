import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { crc32, odt } from "../static/odt.js";

const LETTER = { language: "en-GB", sender: "Mia & Söhne\nWeg <1>", to: "Flinkteller", day: "31. Januar 2026", subject: "Auskunft", paragraphs: ["Guten Tag,\u0007", "a\nb"] };
const text = new TextDecoder();

test("the check sum is the one of the standard", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
});

test("the type comes first and uncompressed, as OpenDocument asks", () => {
  const bytes = odt(LETTER);
  assert.equal(text.decode(bytes.slice(0, 4)), "PK\u0003\u0004");
  assert.equal(text.decode(bytes.slice(30, 38)), "mimetype");
  assert.equal(text.decode(bytes.slice(38, 77)), "application/vnd.oasis.opendocument.text");
});

test("what somebody wrote stays text", () => {
  const whole = text.decode(odt(LETTER));
  assert.ok(whole.includes("Mia &amp; Söhne<text:line-break/>Weg &lt;1&gt;"));
  assert.ok(whole.includes(">Guten Tag,</text:p>"));
});

test("a spelling checker learns in which language the letter is", () => {
  assert.ok(text.decode(odt(LETTER)).includes('fo:language="en" fo:country="GB"'));
});

// Python's own zip and XML readers look at the file where they are there.
test("another program can open it", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "brief-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "brief.odt");
  writeFileSync(path, odt(LETTER));
  const script = "import sys, zipfile\nfrom xml.dom.minidom import parseString\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nprint(z.namelist())\n[parseString(z.read(n)) for n in z.namelist()[1:]]";
  const done = spawnSync("python3", ["-c", script, path], { encoding: "utf8" });
  if (done.error) return t.skip("no Python here");
  assert.equal(done.status, 0, done.stderr);
  assert.equal(done.stdout.trim(), "['mimetype', 'content.xml', 'styles.xml', 'META-INF/manifest.xml']");
});
