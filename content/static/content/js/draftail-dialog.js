/* Shared by the sources: a native dialog, and putting an entity on the selection. */
(() => {
  const { EditorState, Modifier } = window.DraftJS;

  /** Return a dialog with a heading; closing it calls `onClose`. */
  function openDialog(title, onClose) {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-label", title);
    const heading = document.createElement("h2");
    heading.textContent = title;
    dialog.append(heading);
    dialog.addEventListener("close", () => {
      dialog.remove();
      onClose();
    });
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
  }

  function button(text, onClick) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "button button-small button-secondary";
    element.textContent = text;
    element.addEventListener("click", onClick);
    return element;
  }

  /** Return the editor state with an entity on the selected words. */
  function withEntity(editorState, type, data) {
    const content = editorState.getCurrentContent().createEntity(type, "MUTABLE", data);
    const key = content.getLastCreatedEntityKey();
    const changed = Modifier.applyEntity(content, editorState.getSelection(), key);
    return EditorState.push(editorState, changed, "apply-entity");
  }

  /** A source that shows `build(dialog, choose)`; words must be selected. */
  function makeSource(attribute, build) {
    return class extends window.React.Component {
      componentDidMount() {
        const { editorState, entityType, entity, onClose, onComplete } = this.props;
        const { texts } = entityType;
        let done = false;
        const nothing = editorState.getSelection().isCollapsed() && !entity;
        const dialog = openDialog(nothing ? texts.select : texts.choose, () => {
          if (!done) onClose();
        });
        const choose = (value) => {
          done = true;
          dialog.close();
          onComplete(withEntity(editorState, entityType.type, { [attribute]: value }));
        };
        if (!nothing) build({ dialog, entityType, choose });
        dialog.append(button(texts.cancel, () => dialog.close()));
      }

      render() {
        return null;
      }
    };
  }

  /** Marks the words in the editor; a click takes the mark off again. */
  function makeDecorator(className, describe) {
    return function Decorator({ entityKey, contentState, children, onRemove }) {
      const data = contentState.getEntity(entityKey).getData();
      return window.React.createElement(
        "span",
        { className, title: describe(data), style: { borderBottom: "2px dotted" } },
        children,
        window.React.createElement(
          "button",
          {
            type: "button",
            contentEditable: false,
            "aria-label": `× ${describe(data)}`,
            onClick: () => onRemove(entityKey),
          },
          "×",
        ),
      );
    };
  }

  window.contentDraftail = { button, makeSource, makeDecorator };
})();
