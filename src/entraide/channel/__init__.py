"""Pairing, directed logs, batches, outbox and inbox, evidences, delivery."""
