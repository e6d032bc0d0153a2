"""Signing, sealing, encrypting, and where private keys lie."""
