"""Files and other systems of tables."""
