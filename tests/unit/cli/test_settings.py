"""What `entraide init` accepts."""

from pathlib import Path

import pytest

from entraide.cli.settings import demand_postgresql, settings_from
from entraide.kernel.errors import BadInput

NAMES = ["fr=Ministère de la Sécurité publique", "vi=Bộ Công an"]
ORIGIN = "https://entraide.example"


def test_good_words_become_settings(tmp_path: Path) -> None:
    """Codes are folded, a closing slash is dropped, names keep their language."""
    settings = settings_from(tmp_path, "vn-mps", "vn", NAMES, ORIGIN + "/")
    assert (settings.state, settings.origin) == ("VN", ORIGIN)
    assert settings.organisation == {"fr": "Ministère de la Sécurité publique", "vi": "Bộ Công an"}


@pytest.mark.parametrize(
    ("name", "state", "names", "origin", "code"),
    [
        pytest.param("é", "VN", NAMES, ORIGIN, "cli.bad_node_name", id="accent"),
        pytest.param("vn mps", "VN", NAMES, ORIGIN, "cli.bad_node_name", id="space"),
        pytest.param("vn", "VNM", NAMES, ORIGIN, "directory.unknown_state", id="three letters"),
        pytest.param("vn", "ZZ", NAMES, ORIGIN, "directory.unknown_state", id="no State"),
        pytest.param("vn", "VN", ["Bộ Công an"], ORIGIN, "cli.bad_organisation", id="no language"),
        pytest.param("vn", "VN", ["vi="], ORIGIN, "cli.bad_organisation", id="no name"),
        pytest.param("vn", "VN", ["xq=A"], ORIGIN, "directory.unknown_language", id="unknown language"),
        pytest.param("vn", "VN", NAMES, "entraide.example", "cli.bad_origin", id="no scheme"),
        pytest.param("vn", "VN", NAMES, "http://entraide.example", "cli.bad_origin", id="http to others"),
        pytest.param("vn", "VN", NAMES, ORIGIN + "/path", "cli.bad_origin", id="path"),
        pytest.param("vn", "VN", NAMES, "http://127.0.0.1:99999", "cli.bad_origin", id="port"),
    ],
)
def test_wrong_words_are_named(name: str, state: str, names: list[str], origin: str, code: str, tmp_path: Path) -> None:
    """Each wrong word has an error of its own, with a remedy."""
    with pytest.raises(BadInput) as caught:
        settings_from(tmp_path, name, state, names, origin)
    assert (caught.value.code, caught.value.exit_code) == (code, 2)
    assert caught.value.remedy_text


@pytest.mark.parametrize("url", ["mysql://a:secret@h/x", "postgresql://a:secret@h", "x"])
def test_another_database_is_refused_without_showing_its_password(url: str) -> None:
    """Only PostgreSQL with a database's name; the error repeats nothing of the address."""
    with pytest.raises(BadInput) as caught:
        demand_postgresql(url)
    assert "secret" not in f"{caught.value} {caught.value.remedy_text}"
