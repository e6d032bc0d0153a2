"""French typography on rendered pages."""

import pytest

from entraide.web.typography import set_french

N = "\u202f"
SET = {
    "apostrophe": ("<p>l'accord d&#x27;État</p>", "<p>l’accord d’État</p>"),
    "high punctuation": ("<p>Oui ! Non ? Si; fin :</p>", f"<p>Oui{N}! Non{N}? Si{N}; fin{N}:</p>"),
    "no space": ("<p>informations: Quoi?</p>", f"<p>informations{N}: Quoi{N}?</p>"),
    "wide spaces become narrow": ("<p>a\u00a0: « b »</p>", f"<p>a{N}: «{N}b{N}»</p>"),
    "numbers and signs": ("<p>12 000 personnes, 50 %, 3 €</p>", f"<p>12{N}000 personnes, 50{N}%, 3{N}€</p>"),
    "across elements": ("<p><b>Annoncé</b> : x</p>", f"<p><b>Annoncé</b>{N}: x</p>"),
    "after an element": ("<p>Oui<span>: a</span></p>", f"<p>Oui<span>{N}: a</span></p>"),
    "French within another language": (
        "<p lang='en'>it's <b lang='fr'>l'a : b</b> it's</p>",
        f"<p lang='en'>it's <b lang='fr'>l’a{N}: b</b> it's</p>",
    ),
    "a name in another language": ("<i lang='fr'>d'a</i>", "<i lang='fr'>d’a</i>"),
}
KEPT = {
    "times": "<p>12:30, 9:05</p>",
    "addresses": "<p>https://a.example/c?d=e;f!g a.b@example.org</p>",
    "entities": "<p>&amp; &lt;a&gt; &quot;b&quot; caf&eacute;</p>",
    "quotations": "<blockquote>l'a : b <b>c'd</b></blockquote><q>l'a ?</q>",
    "code": "<pre>l'a : b</pre><code>d'a</code><textarea>d'a ?</textarea><script>a ? b : c'd</script>",
    "other languages": "<div lang='vi'>d'a ? <div>x'y</div> z'a</div><p lang=\"en\">it's: fine?</p>",
    "exact words": '<p data-exact lang="fr">l\'a : b</p>',
    "attributes": '<a title="l\'a : b ?" href="/?q=l\'a">x</a>',
    "dates and codes": "<p>2025-01-12/2025-01-14, 127.0.0.1:8000, 3:2</p>",
}


@pytest.mark.parametrize("case", SET)
def test_words_are_set_as_french_is(case: str) -> None:
    """Apostrophes, and spaces that do not break; setting twice changes nothing."""
    given, printed = SET[case]
    assert set_french(given) == printed
    assert set_french(printed) == printed


@pytest.mark.parametrize("case", KEPT)
def test_what_is_exact_stays(case: str) -> None:
    """Quotations, code, what is typed, other languages, addresses and attributes are as they were."""
    assert set_french(KEPT[case]) == KEPT[case]


def test_after_what_is_exact_words_are_set_again() -> None:
    """An element of the same name within it does not end it early."""
    assert set_french("<p lang='vi'>a'b</p> d'a <span lang='en'>a'b <span>c'd</span> e'f</span> d'a") == (
        "<p lang='vi'>a'b</p> d’a <span lang='en'>a'b <span>c'd</span> e'f</span> d’a"
    )
