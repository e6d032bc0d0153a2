"""Texts at random for the reader: the laws that hold for any text, the fuzzer, and the texts that once broke a law."""
