"""Commands that make generated things and check the house; not shipped."""
