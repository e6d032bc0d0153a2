"""The register as tables: what the columns are, how values become cells and back, what an import would change. Pure."""
