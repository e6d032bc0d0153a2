"""The period of a plan: one year, or a range of years with a slash."""

LONGEST_PERIOD = 30
"""Years of one period that are told apart; a longer one is taken for its first years."""


def years_of(period: str) -> tuple[int, ...]:
    """Return the years that a period covers: 2019 to 2021 for `2019/2021`, none where a year is not known."""
    parts = [part[:4] for part in period.split("/")]
    if not all(part.isdigit() for part in parts):
        return ()
    first, last = int(parts[0]), int(parts[-1])
    return tuple(range(first, min(last, first + LONGEST_PERIOD - 1) + 1))


def previous_period(period: str) -> str:
    """Return the period just before: `2024` for `2025`, `2021/2022` for `2023/2024`, empty when no year is known."""
    return _shifted(period, -1)


def next_period(period: str) -> str:
    """Return the period just after, like `previous_period`."""
    return _shifted(period, 1)


def _shifted(period: str, direction: int) -> str:
    years = [part[:4] for part in period.split("/")]
    if not all(year.isdigit() for year in years):
        return ""
    length = int(years[-1]) - int(years[0]) + 1
    return "/".join(f"{int(year) + direction * length:04}" for year in years)
