"""Database backends of Entraide's own, thin layers over Django's."""
