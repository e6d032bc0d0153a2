"""The address of a database: several hosts and libpq's own options are kept, and what is in the clear is seen."""

from pathlib import Path

import pytest

from entraide.config.database_url import list_clear_hosts, parse_database_url
from entraide.config.node_file import BadNodeFile, database_settings

SECRET = "p%40ss%2Fw%3A"


def test_several_hosts_and_the_query_reach_the_driver() -> None:
    """Nothing of the address is lost: hosts in their order, ports, options with their percent signs decoded."""
    url = (
        f"postgresql://me:{SECRET}@db1.example:5433,db2.example,[2001:db8::1]:5434/entraide"
        "?sslmode=verify-full&target_session_attrs=read-write&options=-c%20statement_timeout%3D5s"
    )
    settings = database_settings(url, Path())
    assert (settings["NAME"], settings["USER"], settings["PASSWORD"]) == ("entraide", "me", "p@ss/w:")
    assert (settings["HOST"], settings["PORT"]) == ("db1.example,db2.example,2001:db8::1", "5433,,5434")
    assert settings["OPTIONS"] == {
        "sslmode": "verify-full",
        "target_session_attrs": "read-write",
        "options": "-c statement_timeout=5s",
    }


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("postgres://db.example/x", "db.example", ""),
        ("postgresql:///x", "", ""),
        ("postgresql://%2Frun%2Fpostgresql/x", "/run/postgresql", ""),
        ("postgresql://a,b/x", "a,b", ""),
        ("postgresql://u@[::1]:5433/x", "::1", "5433"),
    ],
)
def test_an_address_of_any_form_names_its_server(url: str, host: str, port: str) -> None:
    """A socket, a name, an IPv6 address, several without ports."""
    settings = database_settings(url, Path())
    assert (settings["HOST"], settings["PORT"], settings["OPTIONS"]) == (host, port, {})


@pytest.mark.parametrize(
    "url",
    [
        "mysql://me:secret@h/x",
        "postgresql://me:secret@h",
        "postgresql://me:secret@h/",
        "postgresql://me:secret@h:port/x",
        "postgresql://me:secret@h:5432:5433/x",
        "postgresql://me:secret@[h/x",
        "postgresql://me:secret@h/x?sslmode",
        "postgresql://me:secret@h/x?pool=true",
        "postgresql://me:secret@h/x?SSL%20mode=require",
    ],
)
def test_a_wrong_address_is_refused_without_showing_it(url: str) -> None:
    """What is said of it repeats neither the password nor the address."""
    with pytest.raises(ValueError, match="database url") as caught:
        parse_database_url(url)
    assert "secret" not in str(caught.value)
    with pytest.raises(BadNodeFile) as refused:
        database_settings(url, Path())
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "environment", "clear"),
    [
        ("postgresql://db.example/x", {}, ["db.example"]),
        ("postgresql://db.example/x?sslmode=prefer", {}, ["db.example"]),
        ("postgresql://db.example/x?sslmode=disable", {"PGSSLMODE": "require"}, ["db.example"]),
        ("postgresql://db.example/x", {"PGSSLMODE": "verify-full"}, []),
        ("postgresql://db.example/x?sslmode=require", {}, []),
        ("postgresql://a.example,b.example/x?sslmode=verify-ca", {}, []),
        ("postgresql://127.0.0.1,b.example,::1/x".replace("::1", "[::1]"), {}, ["b.example"]),
        ("postgresql://localhost/x", {}, []),
        ("postgresql:///x", {}, []),
        ("postgresql:///x?host=/run/postgresql", {}, []),
        ("postgresql:///x?host=10.0.0.7", {}, ["10.0.0.7"]),
        ("postgresql:///x", {"PGHOST": "db.example"}, ["db.example"]),
        ("postgresql://localhost/x?hostaddr=10.0.0.7", {}, ["10.0.0.7"]),
    ],
)
def test_a_connection_in_the_clear_to_another_machine_is_seen(
    url: str, environment: dict[str, str], clear: list[str]
) -> None:
    """Sockets and the loopback may be in the clear; another machine needs an sslmode that demands encryption."""
    assert list_clear_hosts(database_settings(url, Path()), environment) == clear
