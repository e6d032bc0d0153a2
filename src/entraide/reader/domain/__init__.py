"""The reader: the text of a communiqué in, proposals for the register out, each with the passage that shows it.

Pure steps: cleaning > document (blocks, sentences, words of the lexicon) > dates, posts, names, officials > meetings,
instruments, commitments, parties > assembling. No step raises on any text, and each is linear in its length.
"""
