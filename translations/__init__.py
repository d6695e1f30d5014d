"""Translation tables: what the names of one framework become in another one. docs/translations.md describes their language."""
