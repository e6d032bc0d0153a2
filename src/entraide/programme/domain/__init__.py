"""What the programme knows without a database: terms, matching, negotiation, the text of a plan, the communiqué."""
