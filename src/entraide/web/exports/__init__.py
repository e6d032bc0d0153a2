"""The register as files: tables in CSV and JSON, with what their columns mean."""
