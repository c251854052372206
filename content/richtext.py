"""Rich text as this site knows it: a small fixed subset and how it is rendered.

Quotes, tables, code and rules are blocks; what is listed here survives the editor, the
package format and the page without loss.
"""

BLOCK_FEATURES = [
    "h2",
    "h3",
    "h4",
    "ol",
    "ul",
    "bold",
    "italic",
    "link",
    "step-card",
    "glossary-term",
    "language",
]
INLINE_FEATURES = ["bold", "italic", "link", "step-card", "glossary-term", "language"]
#: Inside of what is clicked itself, such as a card.
LABEL_FEATURES = ["bold", "italic", "language"]
