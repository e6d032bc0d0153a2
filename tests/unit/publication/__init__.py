"""Pure rules of publication."""
