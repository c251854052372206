/* What the editor chooses from a list: words that open a definition, or lead to a step
   card. Both are stored by their key. */
(() => {
  const { button, makeSource, makeDecorator } = window.contentDraftail;

  async function build({ dialog, entityType, choose }) {
    const search = document.createElement("input");
    search.type = "search";
    search.placeholder = entityType.texts.search;
    search.setAttribute("aria-label", entityType.texts.search);
    const list = document.createElement("ul");
    // In a tab of its own, or what was written here so far would be lost.
    const add = document.createElement("a");
    add.href = entityType.addUrl;
    add.target = "_blank";
    add.textContent = entityType.texts.add;
    const below = document.createElement("p");
    below.append(add);
    dialog.append(search, list, below);

    const response = await fetch(entityType.listUrl);
    const { rows } = await response.json();

    const show = () => {
      const wanted = search.value.trim().toLowerCase();
      const fitting = rows.filter(({ key, name, short }) =>
        `${key} ${name} ${short}`.toLowerCase().includes(wanted),
      );
      list.replaceChildren(
        ...fitting.map(({ key, name, short }) => {
          const item = document.createElement("li");
          item.append(button(name, () => choose(key)), ` ${short}`);
          return item;
        }),
      );
      if (!fitting.length) list.textContent = entityType.texts.empty;
    };
    search.addEventListener("input", show);
    show();
  }

  for (const [type, className] of [
    ["GLOSSARY-TERM", "glossary-term"],
    ["STEP-CARD", "step-card"],
  ]) {
    window.draftail.registerPlugin(
      {
        type,
        source: makeSource("key", build),
        decorator: makeDecorator(className, ({ key }) => key),
      },
      "entityTypes",
    );
  }
})();
