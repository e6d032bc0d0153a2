"""Pages of the account area."""
