"""Where the real communiqués with their gold annotations lie, on a machine that has them."""

from pathlib import Path

COMMUNIQUES = Path(__file__).resolve().parents[2] / "shared" / "communiques"


def find_communiques(given: Path | None) -> Path | None:
    """Return the folder with texts, gold and `score.py`, or None."""
    candidates = (
        [given] if given else [COMMUNIQUES, *(p / "shared" / "communiques" for p in Path(__file__).resolve().parents)]
    )
    return next(
        (folder for folder in candidates if (folder / "score.py").is_file() and (folder / "gold").is_dir()), None
    )
