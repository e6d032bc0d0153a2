"""Use cases of the exchange: submitting, sending, receiving, applying, evidence, pairing, the delivery worker."""
