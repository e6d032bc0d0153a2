"""A language model's answer as proposals: what it is asked, and what of its answer the text itself bears out."""
