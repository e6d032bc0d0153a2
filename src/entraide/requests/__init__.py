"""Request forms, lifecycle, clocks, answers, retention."""
