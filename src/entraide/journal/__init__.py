"""Append-only logs: entries, Merkle tiles, checkpoints, cosignatures, proofs; the transaction every act runs in."""
