"""Whether an export is what was signed, and whether every score in it follows from its facts, the fit and the formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import scoring
from api.proof.bundle import Bundle
from api.proof.manifest import FORMAT, counts_seal, creator_message
from api.proof.signing import is_signed
from scoring import proof
from scoring.errors import ScoringError

BATCH: Final = 65_536


@dataclass(slots=True)
class Verdict:
    """What was checked, and what is wrong; `problems` are whole sentences, `differences` the scores that do not follow."""

    run: str
    as_of: int
    public_key: str
    creators: int
    scorecards: int
    withheld: int
    problems: list[str] = field(default_factory=list[str])
    differences: list[proof.Difference] = field(default_factory=list[proof.Difference])

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems and not self.differences


def verdict(bundles: Sequence[Bundle], *, trusted: str | None = None) -> Verdict:
    """Return what is wrong with an export; `trusted` is the public key that it has to be signed with, None for whichever it names."""
    first = bundles[0]
    found = Verdict(
        run=first.told["run"],
        as_of=first.told["asOf"],
        public_key=first.public_key,
        creators=sum(len(each.signatures) for each in bundles),
        scorecards=sum(len(each.rows) for each in bundles),
        withheld=sum(int(each.rows.withheld.sum()) for each in bundles),
    )
    for bundle in bundles:
        of_one = (_of_manifest(bundle, trusted), _of_region(bundle), _of_fit(bundle), _of_facts(bundle), _of_creators(bundle))
        found.problems += [problem for each in (*of_one, _of_counts(bundle)) for problem in each]
        if bundle.told["formulaVersion"] == scoring.FORMULA_VERSION:
            try:
                found.differences += _differences(bundle)
            except ScoringError as error:
                found.problems.append(f"the scores cannot be computed again: {error}")
    found.problems += (
        f"manifests of the runs {found.run} and {each.told['run']} are mixed" for each in bundles[1:] if each.told["run"] != found.run
    )
    return found


def _of_manifest(bundle: Bundle, trusted: str | None) -> Iterator[str]:
    if bundle.told.get("format") != FORMAT:
        yield f"the manifest's format is {str(bundle.told.get('format'))[:40]}, this creatorgraph reads {FORMAT}"
    if trusted is not None and bundle.public_key != trusted:
        yield f"the export names the public key {bundle.public_key}, and not {trusted}"
    if not is_signed(bundle.public_key, bundle.signature, bundle.manifest):
        yield f"the manifest's signature is not one of the key {bundle.public_key}: the manifest or the signature was changed"
    if bundle.told["formulaVersion"] != scoring.FORMULA_VERSION:
        yield (
            f"the scores were computed by formula {bundle.told['formulaVersion']} ({bundle.told['package']}), this creatorgraph has"
            f" {scoring.FORMULA_VERSION}: verify with the version that computed them"
        )
    elif bundle.told["declarations"] != proof.declarations_digest():
        yield "the declarations of the formula are not those that the manifest names"


def _of_region(bundle: Bundle) -> Iterator[str]:
    """Name the regions of scorecards that are not the one that the manifest is of."""
    region = bundle.told.get("region")
    if region is not None:
        others = sorted(set(bundle.rows.region.tolist()) - {region})
        yield from (f"scorecards of the region {each} stand under the manifest of the region {region}" for each in others)


def _of_fit(bundle: Bundle) -> Iterator[str]:
    if proof.digest(bundle.fit.encode()) != bundle.told["fit"]:
        yield "the fit is not the one that was signed: its digest differs from the manifest's"


def _of_facts(bundle: Bundle) -> Iterator[str]:
    """Name scorecards whose sealed facts do not have the seal that was signed."""
    found = proof.seals_of(bundle.salts, bundle.rows.sealed_facts)
    for row, (seal, signed) in enumerate(zip(found, bundle.seals, strict=True)):
        if not bundle.rows.withheld[row] and seal != signed:
            yield f"{_card(bundle, row)}: its facts are not those that were signed"


def _of_creators(bundle: Bundle) -> Iterator[str]:
    digests = proof.creator_digests(bundle.rows, proof.card_digests(bundle.rows, bundle.seals))
    for creator in sorted(digests.keys() - bundle.signatures.keys()):
        yield f"creator {creator}: has scorecards and no signature"
    for creator, signature in bundle.signatures.items():
        if creator not in digests:
            yield f"creator {creator}: has a signature and no scorecards"
        elif not is_signed(bundle.public_key, signature, creator_message(bundle.manifest, creator, digests[creator])):
            yield f"creator {creator}: the signature does not fit the scorecards: a score, a fact or the signature was changed"


def _of_counts(bundle: Bundle) -> Iterator[str]:
    if bundle.counts is None:
        return
    if counts_seal(bundle.secret, bundle.counts) != bundle.told["counts"]:
        yield "the numbers of creators and scorecards are not those that were signed"
    here = {"creators": len(bundle.signatures), "scorecards": len(bundle.rows)}
    yield from (f"{here[name]:,} {name} are here, the run has {many:,}" for name, many in bundle.counts.items() if here[name] != many)


def _differences(bundle: Bundle) -> Iterator[proof.Difference]:
    fit, names = scoring.Fit.from_json(bundle.fit), (bundle.told["facts"], bundle.told["sealedFacts"])
    for rows in _slices(len(bundle.rows)):
        yield from proof.differences(bundle.rows.at(rows), names, fit)


def _slices(rows: int) -> Sequence[slice]:
    return [slice(start, start + BATCH) for start in range(0, rows, BATCH)]


def _card(bundle: Bundle, row: int) -> str:
    rows = bundle.rows
    return f"creator {rows.creator[row]}, {rows.window[row]} days, category {rows.category[row]}"
