"""`make mutation`: every mutant of the policy pack against its tests; the score and the survivors as a page."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tools.mutation import loader, report, runs

KEPT: Final = loader.PROJECT / ".sandbox" / "mutation.jsonl"


def asked() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutation", description=__doc__)
    parser.add_argument("--only", metavar="PART", help="modules whose path has this part; the page is not written")
    parser.add_argument(
        "--again",
        action="store_true",
        help="only what the last run did not notice: after more tests or reasons, not after other rules",
    )
    parser.add_argument("--results", type=Path, default=KEPT, help="where every mutant's verdict is kept")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="how many run at once")
    return parser.parse_args()


def main() -> int:
    """Run, write the page, fail when the score is too low or a survivor has no explanation."""
    chosen = asked()
    mutants = {n: one for n, one in loader.all_mutants().items() if not chosen.only or chosen.only in one.file}
    kept = runs.kept(chosen.results) if chosen.again or chosen.only else {}
    verdicts = runs.noticed(kept, mutants) if chosen.again else {}

    def keep(some: Mapping[int, str]) -> None:
        verdicts.update(some)
        kept.update({mutants[number].key: verdict for number, verdict in some.items()})
        chosen.results.parent.mkdir(parents=True, exist_ok=True)
        chosen.results.write_text(runs.lines(kept))

    tests = runs.judge(sorted(mutants.keys() - verdicts.keys()), chosen.workers, keep)
    score = report.Score.of(mutants, verdicts)
    if not chosen.only:
        report.PAGE.write_text(report.page(score, tests))
    sys.stdout.write(report.summary(score))
    return 0 if score.good else 1


if __name__ == "__main__":
    sys.exit(main())
