"""A language is added by one entry of the list and its two catalogs: the whole program then speaks it."""

import filecmp
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tools import catalogs

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "src" / "entraide"
LAST_ENTRY = '    Language("vi", read=True),\n'
ADDED, MARK = "lo", "⟦x⟧ "


@dataclass(frozen=True)
class Copy:
    """A copy of the package in which `language` was added; the commands are those that a translator uses."""

    home: Path
    language: str

    @property
    def package(self) -> Path:
        return self.home / "src" / "entraide"

    def run(self, *command: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a Python command on the copy."""
        environment = {
            **{name: value for name, value in os.environ.items() if name != "ENTRAIDE_TEST_DATABASE_URL"},
            "PYTHONPATH": os.pathsep.join([str(self.home / "src"), str(ROOT)]),
            "ADDED_LANGUAGE": self.language,
            "ADDED_MARK": MARK.strip(),
            "ADDED_TO": str(self.home),
        }
        return subprocess.run(  # noqa: S603 - our own commands
            [sys.executable, *command],
            cwd=cwd or self.home,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def catalogs(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m tools.catalogs` on the copy."""
        return self.run("-m", "tools.catalogs", command)

    def changed(self) -> set[str]:
        """Return the files that differ from the original, but for what is compiled."""
        found, waiting = set(), [filecmp.dircmp(SOURCE, self.package, ignore=["__pycache__"])]
        while waiting:
            here = waiting.pop()
            waiting += here.subdirs.values()
            right = Path(here.right)
            found |= {str((right / name).relative_to(self.package)) for name in here.diff_files + here.left_only}
            for name in here.right_only:
                new = right / name
                files = new.rglob("*") if new.is_dir() else [new]
                found |= {str(file.relative_to(self.package)) for file in files if file.is_file()}
        return {name for name in found if not name.endswith(".mo")}

    def translate(self) -> None:
        """Fill the catalogs as a translator would: every text with all its places."""
        for path in self.package.glob(f"locale/{self.language}/LC_MESSAGES/*.po"):
            with path.open("rb") as file:
                catalog = read_po(file, locale=self.language)
            for message in catalog:
                if message.id and isinstance(message.id, tuple):
                    message.string = tuple(f"{MARK}{message.id[-1]}" for _ in range(catalog.num_plurals))
                elif message.id:
                    message.string = f"{MARK}{message.id}"
            path.write_text(catalogs._text(self.language, catalog), encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """The package with the entry of a language that Django itself does not know."""
    shutil.copytree(SOURCE, tmp_path / "src" / "entraide", ignore=shutil.ignore_patterns("__pycache__"))
    entries = tmp_path / "src" / "entraide" / "kernel" / "languages.py"
    text = entries.read_text(encoding="utf-8")
    assert text.count(LAST_ENTRY) == 1
    entries.write_text(text.replace(LAST_ENTRY, f'{LAST_ENTRY}    Language("{ADDED}"),\n'), encoding="utf-8")
    return Copy(tmp_path, ADDED)


def test_one_entry_and_two_catalogs_add_a_language(copy: Copy):
    """The tool tells what is missing until nothing is; then pages, labels, columns and plans have the language."""
    without = copy.catalogs("check")
    assert without.returncode != 0
    for domain in ("django", "vocabulary"):
        assert f"{copy.language}/{domain}: not in the catalog" in without.stdout

    assert "without a translation" in copy.catalogs("update").stdout
    untranslated = copy.catalogs("check")
    assert untranslated.returncode != 0
    assert f"{copy.language}/vocabulary: not translated: 'Public posts of organisations.'" in untranslated.stdout

    copy.translate()
    copy.catalogs("compile")
    complete = copy.catalogs("check")
    assert (complete.returncode, complete.stdout) == (0, "")
    catalog = f"locale/{copy.language}/LC_MESSAGES"
    assert copy.changed() == {"kernel/languages.py", f"{catalog}/django.po", f"{catalog}/vocabulary.po"}

    command = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    command += ["-o", f"pythonpath={copy.home / 'src'} {ROOT}", "tests/integration/languages/spoken.py"]
    spoken = copy.run(*command, cwd=ROOT)
    assert spoken.returncode == 0, spoken.stdout[-6000:]
