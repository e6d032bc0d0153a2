"""Files and other systems of reader."""
