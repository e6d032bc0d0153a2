"""Files and other systems of storage."""
