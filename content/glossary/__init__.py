"""The glossary: terms in every language and how texts look them up."""
