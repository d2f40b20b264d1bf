"""What each web app weighs on the wire, beside what it may weigh (kB after gzip).

`python -m tests.bench.bench_web_size`
"""

import sys

from tests.support.budgets import BUDGETS, Weight, table


def main() -> int:
    """Print the table; the exit code tells whether all keep to it."""
    print(table())
    over = [line for app in BUDGETS for line in Weight(app).over()]
    print("\n".join(over))
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
