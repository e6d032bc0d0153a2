"""What is built beside the sources when the package is built."""

from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

from tools.build_hook import CatalogBuildHook

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "One"\nmsgstr "Un"\n'


def test_every_catalog_is_compiled(tmp_path: Path):
    """A wheel has the binary catalogs of messages and of vocabularies: an installed node speaks all languages."""
    folder = tmp_path / "src/entraide/locale/fr/LC_MESSAGES"
    folder.mkdir(parents=True)
    for name in ("django", "vocabulary"):
        (folder / f"{name}.po").write_text(PO, encoding="utf-8")
    builder = WheelBuilder(str(tmp_path))
    hook = CatalogBuildHook(str(tmp_path), {}, None, None, "", "wheel", builder.app)
    hook.initialize("standard", {})
    assert {file.name for file in folder.glob("*.mo")} == {"django.mo", "vocabulary.mo"}
