"""Reading of the reviewed YAML files."""
