"""French verbs: the forms of the third person, the participles and the infinitive, made from the infinitive.

Regular verbs follow their group; irregular ones are described by the stems that differ. Forms keep their accents:
`traité` is no `traite`.
"""

from entraide.reader.domain.grammar.forms import Form, Mood

_IRREGULAR: dict[str, tuple[str, str, str, str, str]] = {
    # present singular, present plural, imperfect stem, future stem, past participle
    "être": ("est", "sont", "ét", "ser", "été"),
    "avoir": ("a", "ont", "av", "aur", "eu"),
    "aller": ("va", "vont", "all", "ir", "allé"),
    "faire": ("fait", "font", "fais", "fer", "fait"),
    "dire": ("dit", "disent", "dis", "dir", "dit"),
    "devoir": ("doit", "doivent", "dev", "devr", "dû"),
    "pouvoir": ("peut", "peuvent", "pouv", "pourr", "pu"),
    "vouloir": ("veut", "veulent", "voul", "voudr", "voulu"),
    "savoir": ("sait", "savent", "sav", "saur", "su"),
    "falloir": ("faut", "faut", "fall", "faudr", "fallu"),
    "voir": ("voit", "voient", "voy", "verr", "vu"),
    "prévoir": ("prévoit", "prévoient", "prévoy", "prévoir", "prévu"),
    "revoir": ("revoit", "revoient", "revoy", "reverr", "revu"),
    "asseoir": ("assied", "asseyent", "assey", "assiér", "assis"),
    "clore": ("clôt", "closent", "clos", "clor", "clos"),
    "acquérir": ("acquiert", "acquièrent", "acquér", "acquerr", "acquis"),
    "envoyer": ("envoie", "envoient", "envoy", "enverr", "envoyé"),
    "rompre": ("rompt", "rompent", "romp", "rompr", "rompu"),
    "convaincre": ("convainc", "convainquent", "convainqu", "convaincr", "convaincu"),
    "vivre": ("vit", "vivent", "viv", "vivr", "vécu"),
    "lire": ("lit", "lisent", "lis", "lir", "lu"),
    "promouvoir": ("promeut", "promeuvent", "promouv", "promouvr", "promu"),
}
# Endings of the infinitive, longest first: what is cut, then what the five stems get instead.
_FAMILIES: tuple[tuple[str, tuple[str, str, str, str, str]], ...] = (
    ("prendre", ("prend", "prennent", "pren", "prendr", "pris")),
    ("mettre", ("met", "mettent", "mett", "mettr", "mis")),
    ("cevoir", ("çoit", "çoivent", "cev", "cevr", "çu")),
    ("cueillir", ("cueille", "cueillent", "cueill", "cueiller", "cueilli")),
    ("raître", ("raît", "raissent", "raiss", "raîtr", "ru")),
    ("enir", ("ient", "iennent", "en", "iendr", "enu")),
    ("courir", ("court", "courent", "cour", "courr", "couru")),
    ("ffrir", ("ffre", "ffrent", "ffr", "ffrir", "ffert")),
    ("vrir", ("vre", "vrent", "vr", "vrir", "vert")),
    ("servir", ("sert", "servent", "serv", "servir", "servi")),
    ("partir", ("part", "partent", "part", "partir", "parti")),
    ("sortir", ("sort", "sortent", "sort", "sortir", "sorti")),
    ("sentir", ("sent", "sentent", "sent", "sentir", "senti")),
    ("suivre", ("suit", "suivent", "suiv", "suivr", "suivi")),
    ("crire", ("crit", "crivent", "criv", "crir", "crit")),
    ("uire", ("uit", "uisent", "uis", "uir", "uit")),
    ("clure", ("clut", "cluent", "clu", "clur", "clu")),
    ("battre", ("bat", "battent", "batt", "battr", "battu")),
    ("aindre", ("aint", "aignent", "aign", "aindr", "aint")),
    ("eindre", ("eint", "eignent", "eign", "eindr", "eint")),
    ("oindre", ("oint", "oignent", "oign", "oindr", "oint")),
    ("soudre", ("sout", "solvent", "solv", "soudr", "solu")),
    ("naître", ("naît", "naissent", "naiss", "naîtr", "nu")),
    ("dre", ("d", "dent", "d", "dr", "du")),
    ("tre", ("t", "tent", "t", "tr", "tu")),
)
BE, HAVE, GO, COME = "être", "avoir", "aller", "venir"
REFLEXIVE = frozenset({"se", "s'"})


def conjugate(infinitive: str) -> list[tuple[str, Form]]:
    """Return the forms of a bare infinitive (`signer`), each with its mood; the same spelling may stand twice."""
    singular, plural, imperfect, future, participle = _stems(infinitive)
    simple = _simple_past(infinitive, participle)
    before_a = _before_a(imperfect)
    found = [
        (infinitive, Mood.INFINITIVE),
        (singular, Mood.PRESENT),
        (plural, Mood.PRESENT),
        *((f"{before_a}{ending}", Mood.IMPERFECT) for ending in ("ait", "aient")),
        *((f"{future}{ending}", Mood.FUTURE) for ending in ("a", "ont")),
        *((f"{future}{ending}", Mood.CONDITIONAL) for ending in ("ait", "aient")),
        *((form, Mood.PAST) for form in simple),
        (f"{before_a}ant", Mood.GERUND),
        *((form, Mood.PARTICIPLE) for form in _agree(participle)),
    ]
    if infinitive == HAVE:
        found.append(("ayant", Mood.GERUND))
    subjunctive = plural[:-2] if plural.endswith("ent") else plural
    found += [(subjunctive, Mood.SUBJUNCTIVE)] if subjunctive not in {singular, plural} else []
    return [(text, Form(infinitive, mood)) for text, mood in dict.fromkeys(found)]


def _stems(infinitive: str) -> tuple[str, str, str, str, str]:
    if infinitive in _IRREGULAR:
        return _IRREGULAR[infinitive]
    if infinitive.endswith("er"):
        return _first_group(infinitive[:-2])
    for ending, stems in _FAMILIES:
        if infinitive.endswith(ending):
            root = infinitive[: -len(ending)]
            singular, plural, imperfect, future, participle = (root + stem for stem in stems)
            return singular, plural, imperfect, future, participle
    root = infinitive[:-2]
    return f"{root}it", f"{root}issent", f"{root}iss", f"{root}ir", f"{root}i"


def _first_group(root: str) -> tuple[str, str, str, str, str]:
    """`signer`; `renouveler` doubles, `acheter` and `céder` take a grave, `appuyer` an i where the ending is mute."""
    mute, future = root, f"{root}er"
    if root.endswith(("ay", "oy", "uy")):
        mute = root[:-1] + "i"
        future = f"{mute}er"
    elif root.endswith(("pel", "vel", "jet")):
        mute = root + root[-1]
        future = f"{mute}er"
    elif len(root) > 2 and root[-2] == "e" and root[-1] in "vlmnt" and not root.endswith("ell"):
        mute = f"{root[:-2]}è{root[-1]}"
        future = f"{mute}er"
    elif len(root) > 2 and root[-2] == "é":
        mute = f"{root[:-2]}è{root[-1]}"
    return f"{mute}e", f"{mute}ent", root, future, f"{root}é"


def _before_a(stem: str) -> str:
    """Return the stem as it stands before a: `engage`, `lanç`."""
    if stem.endswith("g"):
        return f"{stem}e"
    return f"{stem[:-1]}ç" if stem.endswith("c") else stem


def _simple_past(infinitive: str, participle: str) -> tuple[str, ...]:
    if infinitive.endswith("er"):
        root = infinitive[:-2]
        return f"{_before_a(root)}a", f"{root}èrent"
    if infinitive == BE:
        return "fut", "furent"
    if infinitive.endswith("enir"):
        return f"{infinitive[:-4]}int", f"{infinitive[:-4]}inrent"
    if participle.endswith("u"):
        stem = participle[:-1].replace("reç", "reç")
        return f"{stem}ut", f"{stem}urent"
    stem = participle.rstrip("st")
    return (f"{stem}t", f"{stem}rent") if stem.endswith("i") else ()


def _agree(participle: str) -> tuple[str, ...]:
    masculine = participle.replace("dû", "du") if participle == "dû" else participle
    plural = masculine if masculine.endswith("s") else f"{masculine}s"
    return participle, f"{masculine}e", plural, f"{masculine}es"
