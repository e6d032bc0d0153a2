"""How the journal lies in the database: triggers, tiles and runs of leaves."""
