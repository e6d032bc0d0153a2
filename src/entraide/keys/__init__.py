"""Key rings, sealing, signatures; the only importer of `cryptography`."""
