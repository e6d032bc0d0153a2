"""Sources, the reader, and proposals that a human keeps, corrects or rejects."""
