"""Pure core of the safeguards: facts in, an explained evaluation out."""
