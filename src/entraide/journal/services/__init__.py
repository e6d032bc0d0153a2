"""Use cases of the journal: the transaction, appending, sequencing, mirroring, proving and verifying."""
