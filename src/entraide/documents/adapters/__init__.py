"""Files and other systems of documents."""
