"""Tests of the communiqués."""
