"""How much the reader loses when common verbs are swapped for synonyms.

`python -m bench.reader_synonyms [--json] [--most 0.03]`

In our annotated texts at least twenty-three verbs of each language are swapped for another of the same meaning, in the
same tense, number and gender (the forms are generated); the texts are read before and after and measured with the
`score.py` of the shared folder, field by field. Without that folder the benchmark says so and exits 0; it exits 1 when
the mean F1 or the pooled F1 of a language falls by more than `--most`.
"""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from typing import Any

from entraide.kernel.languages import READ
from entraide.reader.domain.grammar import english, french
from entraide.reader.domain.grammar.forms import Form
from entraide.reader.domain.grammar.syntax import VerbGroup
from entraide.reader.domain.language import detect_language
from entraide.reader.domain.reading import read_text
from entraide.reader.domain.serialising import reading_to_json
from tools.reader_fit.leaving_out import load_score, score_texts
from tools.reader_fit.opened import open_early
from tools.reader_fit.texts import Annotated, load_texts

SYNONYMS: dict[str, dict[str, str]] = {
    "fr": {
        "signer": "parapher", "convenir": "décider", "discuter": "débattre", "évoquer": "aborder",
        "examiner": "étudier",
        "souligner": "mentionner", "renforcer": "consolider", "proposer": "suggérer", "demander": "réclamer",
        "souhaiter": "espérer", "saluer": "louer", "appeler": "exhorter", "rencontrer": "retrouver",
        "recevoir": "accueillir", "présider": "diriger", "organiser": "monter", "créer": "fonder", "lancer": "démarrer",
        "échanger": "partager", "lutter": "combattre", "annoncer": "communiquer", "déclarer": "affirmer",
        "poursuivre": "continuer", "appliquer": "exécuter", "rappeler": "redire", "adopter": "approuver",
        "permettre": "autoriser", "aider": "épauler", "former": "instruire", "tenir": "organiser",
    },
    "en": {
        "sign": "ink", "agree": "decide", "discuss": "debate", "review": "assess", "stress": "underline",
        "strengthen": "reinforce", "propose": "suggest", "call": "appeal", "urge": "press", "welcome": "hail",
        "praise": "commend", "meet": "encounter", "receive": "host", "chair": "head", "hold": "stage",
        "organise": "arrange", "create": "form", "establish": "found", "share": "exchange", "fight": "combat",
        "say": "state", "announce": "declare", "continue": "go", "implement": "execute", "expand": "broaden",
        "support": "back", "train": "coach", "pledge": "promise", "visit": "tour", "attend": "join",
    },
    "vi": {
        "ký kết": "ký", "nhất trí": "thống nhất", "thống nhất": "nhất trí", "thảo luận": "bàn bạc",
        "trao đổi ý kiến": "bàn bạc", "nhấn mạnh": "khẳng định", "đề nghị": "đề xuất", "mong muốn": "hy vọng",
        "hoan nghênh": "đánh giá cao", "đánh giá cao": "ghi nhận", "tăng cường": "đẩy mạnh", "thúc đẩy": "tăng cường",
        "mở rộng": "phát triển", "triển khai": "thực hiện", "thực hiện": "triển khai", "phối hợp": "hợp tác",
        "hỗ trợ": "giúp đỡ", "chia sẻ": "cung cấp", "tiếp": "đón tiếp", "tổ chức": "tiến hành",
        "diễn ra": "được tổ chức",
        "chủ trì": "điều hành", "thành lập": "thiết lập", "cam kết": "hứa", "đào tạo": "huấn luyện",
        "tham dự": "dự", "cho biết": "nói", "đấu tranh": "ngăn chặn",
    },
}  # fmt: skip


def swap(text: str) -> tuple[str, str, int]:
    """Return `text` cleaned, the same with its verbs swapped, and how many were."""
    language = detect_language(text)
    opened = open_early(text)
    tokens = opened.document.tokens
    clean = opened.document.text
    parts: list[str] = []
    done = count = 0
    groups = sorted({clause.verb for clause in opened.syntax.clauses if clause.verb is not None})
    for group in groups:
        for start, end, word in _swapped(language, group, [token.text for token in tokens[group.start : group.end]]):
            low, high = tokens[group.start + start].start, tokens[group.start + end - 1].end
            parts += [clean[done:low], word]
            done, count = high, count + 1
    swapped = "".join([*parts, clean[done:]])
    return _put_back(text, clean, clean), _put_back(text, clean, swapped), count


def _put_back(text: str, clean: str, swapped: str) -> str:
    """The header that cleaning takes off a text is kept."""
    header = re.match(r"\s*date [\d-]+ ?", text)
    return f"{header.group()}{swapped}" if header and not clean.startswith("date ") else swapped


def _swapped(language: str, group: VerbGroup, words: Sequence[str]) -> list[tuple[int, int, str]]:
    """The words of a verb group that another verb can stand for: numbers within the group, and the new word."""
    if language == "vi":
        return _swapped_vietnamese(words)
    other = SYNONYMS[language].get(group.lemma)
    if other is None:
        return []
    for number in range(len(words) - 1, -1, -1):
        new = _same_form(language, words[number].lower(), group.lemma, other)
        if new:
            return [(number, number + 1, new.capitalize() if words[number][:1].isupper() else new)]
    return []


def _swapped_vietnamese(words: Sequence[str]) -> list[tuple[int, int, str]]:
    lower = [word.lower() for word in words]
    for verb, other in SYNONYMS["vi"].items():
        parts = verb.split()
        for start in range(len(lower) - len(parts) + 1):
            if lower[start : start + len(parts)] == parts:
                return [(start, start + len(parts), other.capitalize() if words[start][:1].isupper() else other)]
    return []


def _same_form(language: str, word: str, verb: str, other: str) -> str:
    """The form of `other` that `word` is of `verb`, or empty."""
    conjugate = french.conjugate if language == "fr" else english.conjugate
    mine, theirs = _by_mood(conjugate(verb)), _by_mood(conjugate(other))
    for mood, forms in mine.items():
        if word in forms and theirs.get(mood):
            place = forms.index(word)
            return theirs[mood][min(place, len(theirs[mood]) - 1)]
    return ""


def _by_mood(forms: Sequence[tuple[str, Form]]) -> dict[object, list[str]]:
    found: dict[object, list[str]] = {}
    for text, form in forms:
        found.setdefault(form.mood, []).append(text)
    return found


def measure(texts: Sequence[Annotated]) -> dict[str, Any]:
    """Return, for each language, how many verbs were swapped and what `score.py` says before and after."""
    module = load_score()
    if module is None:
        return {}
    result: dict[str, Any] = {}
    for language in READ:
        own = [text for text in texts if detect_language(text.text) == language]
        swapped = {text.name: swap(text.text) for text in own}
        before = {name: reading_to_json(read_text(text, name=name)) for name, (text, _, _) in swapped.items()}
        after = {name: reading_to_json(read_text(text, name=name)) for name, (_, text, _) in swapped.items()}
        result[language] = {
            "texts": len(own),
            "swapped": sum(count for _, _, count in swapped.values()),
            "before": score_texts(module, own, before),
            "after": score_texts(module, own, after),
        }
    return result


def main() -> int:
    """Print the losses; 1 where one is larger than allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--most", type=float, default=0.03)
    args = parser.parse_args()
    result = measure(load_texts())
    if not result:
        print("reader_synonyms: SKIPPED, no folder shared/communiques beside the project")
        return 0
    if args.json:
        json.dump(result, sys.stdout, ensure_ascii=False, indent=1)
    worst = 0.0
    for language, row in result.items():
        before, after = row["before"], row["after"]
        losses = (before["mean_f1"] - after["mean_f1"], before["pooled"]["f1"] - after["pooled"]["f1"])
        worst = max(worst, *losses)
        if not args.json:
            _print(language, row, losses)
    return 1 if worst > args.most else 0


def _print(language: str, row: dict[str, Any], losses: tuple[float, float]) -> None:
    verbs = len(SYNONYMS[language])
    print(
        f"{language}: {row['texts']} texts, {row['swapped']} swaps of {verbs} verbs; "
        f"mean F1 {-losses[0]:+.3f}, pooled {-losses[1]:+.3f}"
    )
    for field, was in row["before"]["fields"].items():
        now = row["after"]["fields"].get(field, {"f1": 0.0})
        print(f"  {field:28} {was['f1']:.3f} -> {now['f1']:.3f}  {now['f1'] - was['f1']:+.3f}   gold {was['gold']:4}")


if __name__ == "__main__":
    sys.exit(main())
