"""Exports of the register as tables, and imports that show what they would change before they do."""
