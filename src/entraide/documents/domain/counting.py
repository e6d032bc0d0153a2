"""How programs write the number of a point: 1, 01, a, A, i, I."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST = 5000


def count_as(number: int, form: str) -> str:
    """Return `number` in a form of ECMA-376 (`lowerLetter`, `upperRoman` ...); in digits where the form is another."""
    if form in {"lowerLetter", "upperLetter"}:
        text = _letters(number)
    elif form in {"lowerRoman", "upperRoman"}:
        text = _roman(number)
    elif form == "decimalZero":
        return f"{number:02d}"
    else:
        return str(number)
    return text.upper() if form.startswith("upper") else text


def _letters(number: int) -> str:
    """Return a to z, then aa to zz: the letter again and again."""
    if not 0 < number < _MOST:
        return str(number)
    again, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (again + 1)


def _roman(number: int) -> str:
    if not 0 < number < _MOST:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text
