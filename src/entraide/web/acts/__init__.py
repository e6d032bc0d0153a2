"""Pages about acts on the register: the history of a fact, what undoing would do, and the latest acts."""
