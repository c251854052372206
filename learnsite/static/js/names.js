// Names beside the numbers of a board. They come from a file on this device, stay in the
// memory of this page, and are gone when it is left. Nothing here sends anything.

import { canEncrypt, cleanName, HIGHEST, isLongEnough, LONGEST, NamesFileError, readLines, seal, unseal } from "./names-file.js";

const SOON = 1000;

class Names {
  constructor(page) {
    this.page = page;
    this.names = new Map();
    this.board = this.#part("board");
    this.#part("off").hidden = true;
    if (!canEncrypt()) return this.#say("no_crypto");
    this.#fields();
    this.#listen();
    this.#show(false);
  }

  #part = (name) => this.page.querySelector(`[data-names-${name}]`);

  #listen() {
    const on = (name, act) => this.#part(name).addEventListener("click", act);
    on("unlock", () => this.#open());
    on("begin", () => this.#begin());
    on("spread", () => this.#spread());
    on("save", () => this.#save());
    on("forget", () => this.forget());
    for (const field of this.page.querySelectorAll("input[type=password]")) {
      const button = this.#part(field === this.#part("old") ? "unlock" : "save");
      field.addEventListener("keydown", (event) => event.key === "Enter" && button.click());
    }
    for (const box of this.page.querySelectorAll("[data-names-see]")) {
      const field = document.getElementById(box.dataset.namesSee);
      box.addEventListener("change", () => (field.type = box.checked ? "text" : "password"));
    }
    this.board.addEventListener("board:renewed", ({ detail }) => this.#write(detail));
    addEventListener("pagehide", () => this.forget()); // the browser keeps pages for “back”
    addEventListener("beforeunload", (event) => this.isUnsaved && event.preventDefault());
  }

  #fields() {
    const list = this.#part("fields");
    for (let number = 1; number <= HIGHEST; number++) {
      const row = this.#part("field").content.cloneNode(true);
      const [label, field] = [row.querySelector("label"), row.querySelector("input")];
      field.id = `name-${number}`;
      field.maxLength = LONGEST;
      label.htmlFor = field.id;
      label.querySelector("b").textContent = number;
      field.addEventListener("input", () => this.#set(number, field.value));
      list.append(row);
    }
  }

  async #open() {
    const [file] = this.#part("file").files;
    if (!file) return this.#say("no_file", this.#part("file"));
    const field = this.#part("old");
    await this.#busy(async () => {
      this.#take(await unseal(await file.text(), field.value, this.page.dataset.group));
      this.isUnsaved = false;
      this.#show(true);
      this.#say("opened");
    }, field);
  }

  #begin() {
    this.#take(new Map());
    this.#show(true);
    this.#part("editor").open = true;
    this.#part("paste").focus();
  }

  #spread() {
    const { names, left } = readLines(this.#part("paste").value);
    if (!names.size) return this.#say("no_lines", this.#part("paste"));
    this.#part("paste").value = "";
    this.#take(names);
    this.isUnsaved = true;
    this.#say(left ? "too_many" : "spread");
  }

  async #save() {
    const field = this.#part("new");
    if (!this.names.size) return this.#say("no_names");
    if (!isLongEnough(field.value)) return this.#say("short", field);
    await this.#busy(async () => {
      const text = await seal(this.names, field.value, this.page.dataset.group);
      const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      Object.assign(document.createElement("a"), { href, download: this.page.dataset.file }).click();
      setTimeout(() => URL.revokeObjectURL(href), SOON);
      field.value = "";
      this.isUnsaved = false;
      this.#say("saved");
    }, field);
  }

  forget() {
    this.isUnsaved = false;
    this.#take(new Map());
    for (const field of this.page.querySelectorAll("input, textarea")) {
      if (field.type === "checkbox") field.checked = false;
      else field.value = "";
    }
    for (const name of ["old", "new"]) this.#part(name).type = "password";
    this.#show(false);
    this.#say("forgotten");
  }

  #take(names) {
    this.names = names;
    for (let number = 1; number <= HIGHEST; number++) {
      document.getElementById(`name-${number}`).value = names.get(number) ?? "";
    }
    this.#write(this.board);
  }

  #set(number, name) {
    const clean = cleanName(name);
    if (clean) this.names.set(number, clean);
    else this.names.delete(number);
    this.isUnsaved = true;
    this.#write(this.board);
  }

  // A key takes a moment to be made; a second click must not make another.
  async #busy(work, field) {
    if (this.isBusy) return;
    this.isBusy = true;
    this.#say("busy");
    try {
      await work();
    } catch (error) {
      if (!(error instanceof NamesFileError)) throw error;
      this.#say(error.reason, error.reason === "wrong_passphrase" ? field : undefined);
    } finally {
      this.isBusy = false;
    }
  }

  #show(isOpen) {
    this.#part("closed").hidden = isOpen;
    this.#part("open").hidden = !isOpen;
    this.#part("editor").open = false;
    this.isOpen = isOpen;
    this.#write(this.board);
    if (isOpen) this.#part("file").value = this.#part("old").value = "";
  }

  // Say something, and lead to the field that it is about.
  #say(reason, field) {
    for (const each of this.page.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
    const status = this.#part("status");
    const said = this.page.querySelector(`template[data-say="${reason}"]`);
    status.textContent = said?.content.textContent ?? "";
    status.hidden = !status.textContent;
    status.classList.toggle("is-error", said?.dataset.kind === "error");
    field?.setAttribute("aria-invalid", "true");
    const isLost = !document.activeElement?.offsetParent; // what had it is hidden now
    if (field) field.focus();
    else if (isLost) status.focus();
  }

  // Write the names into a board: a column of their own, and beside who is stuck.
  #write(root) {
    for (const each of root.querySelectorAll("[data-own-name]")) each.remove();
    this.#writeList(Boolean(root.querySelector(".board")));
    if (!this.isOpen) return;
    root.querySelector(".board thead th")?.after(this.#cell("th", this.page.dataset.heading, "col"));
    for (const number of root.querySelectorAll(".board tbody th")) {
      number.after(this.#cell("td", this.#name(number)));
    }
    for (const number of root.querySelectorAll("[data-board-help] b")) {
      if (this.#name(number)) number.after(" ", this.#cell("span", this.#name(number)));
    }
  }

  // Where no member has a row there is still the list itself.
  #writeList(hasRows) {
    const list = this.#part("list");
    list.hidden = !this.isOpen || !this.names.size || hasRows;
    const rows = [...this.names].sort(([one], [other]) => one - other).map(([number, name]) => {
      const row = document.createElement("tr");
      const head = Object.assign(document.createElement("th"), { scope: "row", textContent: number });
      row.append(head, Object.assign(document.createElement("td"), { textContent: name }));
      return row;
    });
    list.querySelector("tbody").replaceChildren(...(list.hidden ? [] : rows));
  }

  #name = (cell) => this.names.get(Number(cell.textContent)) ?? "";

  #cell(kind, text, scope) {
    const cell = Object.assign(document.createElement(kind), { textContent: text });
    cell.dataset.ownName = "";
    if (scope) cell.scope = scope;
    return cell;
  }
}

for (const page of document.querySelectorAll("[data-names]")) new Names(page);
