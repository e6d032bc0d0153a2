"""Use cases of requests: every act and its journal entry in one transaction."""
