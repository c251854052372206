/* The editor's glossary term: words that open a definition. Stored by the term's id. */
(() => {
  const { button, makeSource, makeDecorator } = window.contentDraftail;

  async function build({ dialog, entityType, choose }) {
    const search = document.createElement("input");
    search.type = "search";
    search.placeholder = entityType.texts.search;
    search.setAttribute("aria-label", entityType.texts.search);
    const list = document.createElement("ul");
    dialog.append(search, list);

    const response = await fetch(entityType.termsUrl);
    const { terms } = await response.json();

    const show = () => {
      const wanted = search.value.trim().toLowerCase();
      const fitting = terms.filter(({ key, term }) =>
        `${key} ${term}`.toLowerCase().includes(wanted),
      );
      list.replaceChildren(
        ...fitting.map(({ key, term, short }) => {
          const item = document.createElement("li");
          item.append(button(term, () => choose(key)), ` ${short}`);
          return item;
        }),
      );
      if (!fitting.length) list.textContent = entityType.texts.empty;
    };
    search.addEventListener("input", show);
    show();
  }

  window.draftail.registerPlugin(
    {
      type: "GLOSSARY-TERM",
      source: makeSource("key", build),
      decorator: makeDecorator("glossary-term", ({ key }) => key),
    },
    "entityTypes",
  );
})();
