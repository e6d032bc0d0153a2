"""Whatever the file: it is read rightly, or refused by name; never an empty reading and an exit code of 0."""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel import Locale

from entraide.cli import read
from tests.factories import documents, office

FR = (
    "Vietnam et Laos : 12e conférence de coopération",
    (
        "Hanoï, le 9 décembre 2024. La 12e Conférence de coopération entre le ministère de la Sécurité "
        "publique du Vietnam et le ministère de la Sécurité publique du Laos s'est tenue le 9 décembre 2024 à "
        "Hanoï."
    ),
    "À l'issue de la conférence, les deux ministres ont signé le plan de coopération pour 2025.",
)
EN = (
    "Vietnam and Laos: 12th cooperation conference",
    (
        "Hanoi, 9 December 2024. The 12th Cooperation Conference between the Ministry of Public Security of "
        "Vietnam and the Ministry of Public Security of Laos was held on 9 December 2024 in Hanoi."
    ),
    "At the end of the conference the two ministers signed the cooperation plan for 2025.",
)
VI = (
    "Hội nghị hợp tác lần thứ 12 giữa Bộ Công an Việt Nam và Bộ Công an Lào",
    ("Ngày 9/12/2024, tại Hà Nội, đã diễn ra Hội nghị hợp tác lần thứ 12 giữa Bộ Công an Việt Nam và Bộ Công an Lào."),
    "Hai bên đã ký Kế hoạch hợp tác năm 2025. Hai bên cam kết tăng cường phòng, chống tội phạm ma túy.",
)
VI_TCVN3 = (
    "Héi nghÞ hîp t¸c lÇn thø 12 gi÷a Bé C«ng an ViÖt Nam vµ Bé C«ng an Lµo",
    ("Ngµy 9/12/2024, t¹i Hµ Néi, ®· diÔn ra Héi nghÞ hîp t¸c lÇn thø 12 gi÷a Bé C«ng an ViÖt Nam vµ Bé C«ng an Lµo."),
    "Hai bªn ®· ký KÕ ho¹ch hîp t¸c n¨m 2025. Hai bªn cam kÕt t¨ng c\xadêng phßng, chèng téi ph¹m ma tóy.",
)
VI_VNI = (
    "Hoäi nghò hôïp taùc laàn thöù 12 giöõa Boä Coâng an Vieät Nam vaø Boä Coâng an Laøo",
    (
        "Ngaøy 9/12/2024, taïi Haø Noäi, ñaõ dieãn ra Hoäi nghò hôïp taùc laàn thöù 12 giöõa Boä Coâng an "
        "Vieät Nam vaø Boä Coâng an Laøo."
    ),
    (
        "Hai beân ñaõ kyù Keá hoaïch hôïp taùc naêm 2025. Hai beân cam keát taêng cöôøng phoøng, choáng toäi "
        "phaïm ma tuùy."
    ),
)
FOREIGN: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "languages.yaml").read_text(encoding="utf-8")
)
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-32")
FORMATS: Mapping[str, Callable[[tuple[str, ...]], bytes]] = {
    "html": lambda lines: documents.page(lines[0], lines[1:] * 2).encode(),
    "docx": lambda lines: documents.word(lines[0], lines[1:]),
    "odt": office.odt,
    "rtf": office.rtf,
    "eml": lambda lines: office.mail("\n\n".join(lines)).as_bytes(),
    "xlsx": lambda lines: office.xlsx([["N°", *lines], ["1", *lines]]),
}


def make_files() -> Iterator[tuple[str, bytes, str]]:
    """Yield each file with what it must give: a language that is read, another that is named, or a refusal."""
    for code, lines in {"fr": FR, "en": EN, "vi": VI}.items():
        for encoding in (*UNICODE, *{"fr": ("cp1252", "mac_roman", "cp850"), "en": ("cp1252",), "vi": ()}[code]):
            yield f"{code}-{encoding}.txt", "\n\n".join(lines).encode(encoding), code
        yield f"{code}-nfd.txt", unicodedata.normalize("NFD", "\n\n".join(lines)).encode(), code
        for name, make in FORMATS.items():
            yield f"{code}-{name}.{name}", make(lines), code
        yield f"{code}-pdf.pdf", documents.pdf(lines[0], lines[1:], language=code), code
    yield "vi-1258.txt", documents.in_windows_1258("\n\n".join(VI)), "vi"
    for name, lines in {"tcvn3": VI_TCVN3, "vni": VI_VNI}.items():
        text = "\n\n".join(lines)
        yield f"vi-{name}.txt", text.encode("cp1252"), "vi"
        yield f"vi-{name}-as-utf-8.txt", text.encode(), "vi"
        for form, make in FORMATS.items():
            yield f"vi-{name}-{form}.{form}", make(lines), "vi"
    for code, report in FOREIGN.items():
        lines = (report["text"],) * 3
        for encoding in UNICODE:
            yield f"{code}-{encoding}.txt", "\n".join(lines).encode(encoding), f"named {code}"
        for encoding in report["encodings"]:
            yield f"{code}-{encoding}.txt", "\n".join(lines).encode(encoding, "ignore"), "refused"
        for name, make in FORMATS.items():
            yield f"{code}-{name}.{name}", make(lines), f"named {code}"
    yield from _bad_files()


def _bad_files() -> Iterator[tuple[str, bytes, str]]:
    yield (
        "bare.txt",
        b"Bo truong Bo Cong an da hoi dam voi nguoi dong cap Lao ve phong, chong toi pham.",
        "refused",
    )
    yield "names.txt", "Tô Lâm\nSomsak Keovilay".encode(), "refused"
    yield "scan.pdf", documents.picture_pdf(), "refused"
    yield "empty.eml", office.mail("").as_bytes(), "refused"
    yield "empty.odt", office.odt([""]), "refused"
    yield "empty.rtf", office.rtf(["2025"]), "refused"
    yield "empty.xlsx", office.xlsx([["1", "2"]]), "refused"
    yield "figures.csv.txt", b"1;2;3\n4;5;6\n", "refused"


NAMES = Locale("en").languages


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Return a folder with all files, and what each must give."""
    folder = tmp_path_factory.mktemp("everything")
    expected: dict[str, str] = {}
    for name, data, what in make_files():
        (folder / name).write_bytes(data)
        expected[name] = what
    return folder, expected


def test_no_file_gives_an_empty_reading_in_silence(
    everything: tuple[Path, dict[str, str]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over 200 files in 17 scripts and 30 encodings: each is read with its facts, or named and counted."""
    monkeypatch.setenv("LC_ALL", "en")
    folder, expected = everything
    assert len(expected) > 200
    refused = read.read_files([folder / name for name in expected], None, as_json=True, with_texts=False)
    out, err = capsys.readouterr()
    readings: dict[str, Any] = {Path(found["file"]["path"]).name: found for found in json.loads(out).values()}
    said = {line.partition(": ")[0].rpartition("/")[2]: line for line in err.splitlines()}
    wrong = [
        f"{name}: must be {what}, gave {found['language'] if found else said.get(name, 'nothing at all')}"
        for name, what in expected.items()
        for found in [readings.get(name)]
        if not _is_right(what, found, said.get(name, ""))
    ]
    assert not wrong, "\n".join(wrong)
    assert refused == sum(" " in what or what == "refused" for what in expected.values())


def _is_right(what: str, found: dict[str, Any] | None, line: str) -> bool:
    if what in {"fr", "en", "vi"}:
        facts = found and (found["meetings"] or found["instruments"] or found["commitments"])
        return bool(facts) and found is not None and found["language"] == what and not line
    named = what.removeprefix("named ") if what.startswith("named ") else ""
    told = "language_not_read" in line and f": {NAMES[named]}." in line if named else "[" in line
    return found is None and told


def test_what_is_known_of_a_file_is_named(
    everything: tuple[Path, dict[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Format, encoding, normal form and era stand beside the reading, and languages with their shares."""
    folder, _ = everything
    (folder / "era.txt").write_text(EN[1].replace("2024", "B.E. 2567 (2024)"), encoding="utf-8")
    names = ["vi-tcvn3.txt", "vi-nfd.txt", "fr-cp1252.txt", "fr-docx.docx", "vi-1258.txt", "era.txt"]
    assert read.read_files([folder / name for name in names], None, as_json=True, with_texts=False) == 0
    about = [found["file"] for found in json.loads(capsys.readouterr().out).values()]
    assert [(one["format"], one["encoding"], one["normal_form"], one["era"]) for one in about] == [
        ("text", "TCVN3", "NFC", "gregorian"), ("text", "utf-8", "NFD", "gregorian"),
        ("text", "windows-1252", "NFC", "gregorian"), ("DOCX", None, "NFC", "gregorian"),
        ("text", "windows-1258", "NFC", "gregorian"), ("text", "utf-8", "NFC", "buddhist"),
    ]  # fmt: skip
    assert about[0]["languages"] == {"vi": 1.0}


def test_every_normal_form_and_encoding_gives_the_same_reading(
    everything: tuple[Path, dict[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Composed or not, of Windows, TCVN3 or VNI: the same facts."""
    folder, _ = everything
    names = ["vi-utf-8.txt", "vi-nfd.txt", "vi-1258.txt", "vi-tcvn3.txt", "vi-vni.txt", "vi-tcvn3-as-utf-8.txt"]
    read.read_files([folder / name for name in names], None, as_json=True, with_texts=False)
    kinds = ("meetings", "instruments", "commitments")
    facts = [
        [(kind, *map(item.get, ("date", "kind", "domain"))) for kind in kinds for item in found[kind]]
        for found in json.loads(capsys.readouterr().out).values()
    ]
    assert facts[0]
    assert facts == [facts[0]] * len(names)


def test_each_attachment_of_a_mail_is_read_under_its_own_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The mail and what is attached stand side by side; an attachment in another language is named and counted."""
    png = b"\x89PNG\r\n\x1a\n"
    lao = FOREIGN["lo"]["text"].encode()
    attached = {"a/b.docx": documents.word(FR[0], FR[1:]), "lao.txt": lao, "x.png": png}
    (tmp_path / "m.eml").write_bytes(office.mail("\n".join(EN), attached=attached).as_bytes())
    assert read.read_files([tmp_path / "m.eml"], None, as_json=True, with_texts=False) == 1
    out, err = capsys.readouterr()
    assert [(name, found["language"]) for name, found in json.loads(out).items()] == [
        ("m", "en"),
        ("m (a_b.docx)", "fr"),
    ]
    assert "m.eml (lao.txt): is in a language that is not read yet: Lao." in err
    assert "not read: attachment that was not read: x.png" in err
