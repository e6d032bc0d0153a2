"""Settings, urls and composition: the only place that knows every context."""
