"""Due dates by a stranger's calendar, for crates/domain to agree with.

    python3 -m venv peer && peer/bin/pip install chinesecalendar==1.11.0
    peer/bin/python tests/peers/working_days.py > tests/fixtures/working_days.csv

For every day of 2024 to 2026 the n-th working day strictly after it (DOMAIN §9). A start whose result would lie in a
year that the package doesn't know is left out: it raises NotImplementedError there.
"""

from datetime import date, timedelta

from chinese_calendar import is_workday

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
TERMS = (1, 3, 5, 7, 10, 20)
DAY = timedelta(days=1)


def due(start, working_days):
    day = start
    while working_days:
        day += DAY
        working_days -= is_workday(day)
    return day


def main():
    print("start", *TERMS, sep=",")
    start = FIRST
    while start <= LAST:
        try:
            print(start, *(due(start, term) for term in TERMS), sep=",")
        except NotImplementedError:
            pass
        start += DAY


main()
