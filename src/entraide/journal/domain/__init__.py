"""Pure rules of the journal: Merkle trees, tiles, checkpoints and entries; no database, clock or cryptography."""
