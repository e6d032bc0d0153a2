"""Use cases of the programme: keeping facts, negotiating plans, signing, counting, drafting the communiqué."""
