"""Reading files, any text, and by an endpoint: without a database, and too slow for the unit tests."""
