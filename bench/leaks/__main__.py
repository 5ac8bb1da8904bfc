"""`make leaks`: prints the table, and each field that differs with the smallest query found; status 1 where a promise is broken."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from typing import Final

from bench.figures import table
from bench.leaks.coverage import beyond, unread
from bench.leaks.proof import ROLES, Proof, proof, reported

LONGEST: Final = 1_500


def lines(found: Proof) -> Iterator[str]:
    """Yield what was found, for who mends it."""
    yield f"{found.outcome.role}: errors answered {dict(found.outcome.failed.most_common(6))}"
    yield f"not read: {', '.join(unread(found.outcome.read))}"
    yield f"read, out of reach: {', '.join(beyond(found.outcome.read))}"
    for each in found.gains:
        yield f"{each.of}: error {each.error:.3f}, of ranges alone {each.range_error:.3f}; it went by {', '.join(each.by) or 'nothing'}"
    for each in sorted(found.outcome.findings.values(), key=lambda finding: finding.field):
        yield f"\n{each.field}, in {each.times} operations\n  {each.operation.text}\n  {each.operation.given}"
        yield from (f"  {answer.decode(errors='replace')[:LONGEST]}" for answer in each.answers)


def main() -> None:
    """Measure the roles that are named, or all, and print."""
    proofs: list[Proof] = []
    for role in sys.argv[1:] or ROLES:
        proofs.append(asyncio.run(proof(role)))
        sys.stdout.write("\n".join(lines(proofs[-1])) + "\n\n")
        sys.stdout.flush()
    found = reported(proofs)
    sys.stdout.write(table(found))
    sys.exit(not all(each.kept for each in found.figures))


if __name__ == "__main__":
    main()
