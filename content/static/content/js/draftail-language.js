/* The editor's words in another language, so that screen readers pronounce them right. */
(() => {
  const { button, makeSource, makeDecorator } = window.contentDraftail;
  const CODE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

  function build({ dialog, entityType, choose }) {
    const { texts, languages } = entityType;
    const list = document.createElement("p");
    list.append(...languages.map(({ code, name }) => button(name, () => choose(code))));
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.maxLength = 20;
    label.append(texts.other, " ", input);
    const keep = button(texts.keep, () => {
      const code = input.value.trim();
      input.setCustomValidity(CODE.test(code) ? "" : texts.invalid);
      if (input.reportValidity()) choose(code);
    });
    input.addEventListener("input", () => input.setCustomValidity(""));
    dialog.append(list, label, keep);
  }

  window.draftail.registerPlugin(
    {
      type: "LANGUAGE",
      source: makeSource("lang", build),
      decorator: makeDecorator("language-words", ({ lang }) => lang),
    },
    "entityTypes",
  );
})();
