"""Fitting of the reader's scorer: our annotated texts, the rows of each decision, and trial on countries left out."""
