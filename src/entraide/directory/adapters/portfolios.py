"""The vocabulary of portfolios from `vocabulary/`: words that mean them, names of their bodies, their labels."""

from functools import cache
from importlib.resources import files
from typing import Any

from entraide.directory.domain.portfolios import Phrase, Portfolios
from entraide.kernel.labels import translate_labels
from entraide.kernel.languages import READ, spoken_for
from entraide.kernel.yaml_text import parse_yaml


@cache
def load_portfolios() -> Portfolios:
    """Return the vocabulary, read once."""
    raw = _read("portfolios.yaml")
    heads = raw["heads"]
    return Portfolios(
        ministry_heads=_phrases(heads["ministry"]),
        minister_heads=_phrases(heads["minister"]),
        plurals=_phrases(heads["plurals"]),
        deputies=_phrases(heads["deputies"]),
        deputy_ministers=_phrases(heads["deputy_ministers"]),
        links=_phrases(heads["links"]),
        fillers=_phrases(heads["fillers"]),
        conjunctions=_phrases(heads["conjunctions"]),
        parts=_phrases(heads["parts"]),
        trailing=_phrases(raw["trailing"]),
        state_words={state: _phrases(words) for state, words in raw["state_words"].items()},
        subjects={code: _phrases(item["subjects"]) for code, item in raw["ministries"].items()},
        local={
            (code, state): _phrases(words)
            for code, item in raw["ministries"].items()
            for state, words in item.get("local", {}).items()
        },
        names={code: _phrases(item["names"]) for code, item in raw["bodies"].items()},
        posts={code: _phrases(item.get("posts", [])) for code, item in (raw["ministries"] | raw["bodies"]).items()},
        body_names={language: _read(f"bodies/{language}.yaml") for language in READ},
    )


def portfolio_label(code: str, language: str) -> str:
    """Return what a portfolio is called in `language` (`fr-CH` counts as `fr`), else in English."""
    return str(_labels(spoken_for(language))["portfolios"].get(code, code))


@cache
def _labels(language: str) -> dict[str, Any]:
    return translate_labels(_read("labels.yaml"), "directory", language)


def _phrases(texts: list[str]) -> tuple[Phrase, ...]:
    """Return the phrases as words, the longest first, so that the longest that fits counts."""
    return tuple(sorted((tuple(text.split()) for text in texts), key=lambda words: -len(words)))


@cache
def _read(name: str) -> dict[str, Any]:
    text = files("entraide.directory").joinpath("vocabulary", *name.split("/")).read_text(encoding="utf-8")
    value: dict[str, Any] = parse_yaml(text)
    return value
