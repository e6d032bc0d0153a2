"""Reproducible benchmarks; each is a module `python -m bench.NAME` with --quick and --json."""
