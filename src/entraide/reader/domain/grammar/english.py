"""English verbs: the third person, the past, the participles and the base, made from the base."""

from entraide.reader.domain.grammar.forms import Form, Mood

_IRREGULAR = {
    "be": ("is", "was", "been", "being"),
    "have": ("has", "had", "had", "having"),
    "do": ("does", "did", "done", "doing"),
    "meet": ("meets", "met", "met", "meeting"),
    "hold": ("holds", "held", "held", "holding"),
    "take": ("takes", "took", "taken", "taking"),
    "make": ("makes", "made", "made", "making"),
    "give": ("gives", "gave", "given", "giving"),
    "begin": ("begins", "began", "begun", "beginning"),
    "lead": ("leads", "led", "led", "leading"),
    "co-lead": ("co-leads", "co-led", "co-led", "co-leading"),
    "send": ("sends", "sent", "sent", "sending"),
    "build": ("builds", "built", "built", "building"),
    "come": ("comes", "came", "come", "coming"),
    "get": ("gets", "got", "got", "getting"),
    "go": ("goes", "went", "gone", "going"),
    "sit": ("sits", "sat", "sat", "sitting"),
    "put": ("puts", "put", "put", "putting"),
    "set": ("sets", "set", "set", "setting"),
    "say": ("says", "said", "said", "saying"),
    "tell": ("tells", "told", "told", "telling"),
    "pay": ("pays", "paid", "paid", "paying"),
    "keep": ("keeps", "kept", "kept", "keeping"),
    "find": ("finds", "found", "found", "finding"),
    "catch": ("catches", "caught", "caught", "catching"),
    "teach": ("teaches", "taught", "taught", "teaching"),
    "fight": ("fights", "fought", "fought", "fighting"),
    "see": ("sees", "saw", "seen", "seeing"),
    "draw": ("draws", "drew", "drawn", "drawing"),
    "fly": ("flies", "flew", "flown", "flying"),
    "strike": ("strikes", "struck", "struck", "striking"),
    "undertake": ("undertakes", "undertook", "undertaken", "undertaking"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "write": ("writes", "wrote", "written", "writing"),
    "read": ("reads", "read", "read", "reading"),
    "seek": ("seeks", "sought", "sought", "seeking"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "bid": ("bids", "bade", "bidden", "bidding"),
    "lay": ("lays", "laid", "laid", "laying"),
    "foresee": ("foresees", "foresaw", "foreseen", "foreseeing"),
    "deal": ("deals", "dealt", "dealt", "dealing"),
    "look": ("looks", "looked", "looked", "looking"),
    "bring": ("brings", "brought", "brought", "bringing"),
    "mean": ("means", "meant", "meant", "meaning"),
    "bind": ("binds", "bound", "bound", "binding"),
    "shake": ("shakes", "shook", "shaken", "shaking"),
    "stand": ("stands", "stood", "stood", "standing"),
    "strive": ("strives", "strove", "striven", "striving"),
    "spread": ("spreads", "spread", "spread", "spreading"),
    "think": ("thinks", "thought", "thought", "thinking"),
    "leave": ("leaves", "left", "left", "leaving"),
    "know": ("knows", "knew", "known", "knowing"),
    "buy": ("buys", "bought", "bought", "buying"),
    "run": ("runs", "ran", "run", "running"),
    "show": ("shows", "showed", "shown", "showing"),
    "grow": ("grows", "grew", "grown", "growing"),
    "bust": ("busts", "busted", "busted", "busting"),
}
_DOUBLING = frozenset(
    {
        "plan",
        "wrap",
        "stem",
        "commit",
        "submit",
        "permit",
        "equip",
        "transmit",
        "stop",
        "swap",
        "beg",
        "map",
        "concur",
        "confer",
        "refer",
        "occur",
        "transfer",
        "prefer",
        "deter",
        "patrol",
        "control",
    }
)
_VOWELS = "aeiou"
BE, HAVE = "be", "have"
WILL = frozenset({"will", "shall", "'ll"})
WOULD = frozenset({"would"})


def conjugate(base: str) -> list[tuple[str, Form]]:
    """Return the forms of a base (`sign`), each with its mood; past and participle may be spelt alike."""
    third, past, participle, gerund = _IRREGULAR.get(base) or _regular(base)
    found = [
        (base, Mood.INFINITIVE),
        (third, Mood.PRESENT),
        (past, Mood.PAST),
        (participle, Mood.PARTICIPLE),
        (gerund, Mood.GERUND),
    ]
    if base == BE:
        found += [("are", Mood.PRESENT), ("were", Mood.PAST)]
    return [(text, Form(base, mood)) for text, mood in dict.fromkeys(found)]


def _regular(base: str) -> tuple[str, str, str, str]:
    if base in _DOUBLING:
        return f"{base}s", f"{base}{base[-1]}ed", f"{base}{base[-1]}ed", f"{base}{base[-1]}ing"
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base[:-1]}ied", f"{base}ing"
    if base.endswith("e"):
        gerund = base if base.endswith("ee") else base[:-1]
        return f"{base}s", f"{base}d", f"{base}d", f"{gerund}ing"
    third = f"{base}es" if base.endswith(("s", "sh", "ch", "x", "z")) else f"{base}s"
    return third, f"{base}ed", f"{base}ed", f"{base}ing"
