"""Public pages of sources: where each fact of the register is shown."""
