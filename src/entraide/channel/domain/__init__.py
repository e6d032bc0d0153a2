"""Pure rules of the exchange: envelopes, batches, evidences, back-off, pairing transcripts."""
