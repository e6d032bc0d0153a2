"""Tests of adding a language."""
