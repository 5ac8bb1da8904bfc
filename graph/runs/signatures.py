"""What proves a run: its signed manifest, stored with it, and a signature for each creator, stored in chunks.

What brands and partners see has a manifest for each region, which tells of no other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from graph.runs.building import Building
from graph.runs.scopes import outward_id

ROWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Signatures:
    """A manifest as canonical JSON, its signature and public key in hexadecimal digits, and a signature for each creator.

    `secret` keeps sealed facts from being guessed; whoever has it may see all of them.
    """

    manifest: str
    signature: str
    public_key: str
    secret: str
    creators: Sequence[str]
    signatures: Sequence[bytes]


SIGN: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run, token: $token})
SET run.manifest = $manifest, run.signature = $signature, run.publicKey = $publicKey, run.secret = $secret
RETURN count(run) AS made
"""

SIGN_OUTWARD: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run, token: $token})
SET run.outwardManifests = $manifests
RETURN count(run) AS made
"""

CHUNK: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run, token: $token})
CREATE (chunk:Signatures {
  id: $under + '|' + $number, runId: $under, number: $number, region: $region, creators: $creators, signatures: $signatures
})
RETURN count(chunk) AS made
"""


async def store_signatures(building: Building, signed: Signatures) -> None:
    """Write the manifest and the signatures under a run that is being made."""
    whole = {"manifest": signed.manifest, "signature": signed.signature, "publicKey": signed.public_key, "secret": signed.secret}
    await building.write(SIGN, [whole])
    await building.write(CHUNK, _chunks(building.id, signed, None))


async def store_outward_signatures(building: Building, signed: Mapping[str, Signatures]) -> None:
    """Write, beside the run's own, the manifests of what brands and partners see, by region, and each region's creators' signatures."""
    manifests = {region: [each.manifest, each.signature] for region, each in signed.items()}
    await building.write(SIGN_OUTWARD, [{"manifests": json.dumps(manifests)}])
    under = outward_id(building.id)
    await building.write(CHUNK, (chunk for region, each in signed.items() for chunk in _chunks(under, each, region)))


def _chunks(under: str, signed: Signatures, region: str | None) -> Iterator[Mapping[str, object]]:
    """Yield a manifest's signatures, a chunk at a time; with their region where the manifest is of one."""
    for start in range(0, len(signed.creators), ROWS):
        yield {
            "under": under,
            "number": f"{start // ROWS}" if region is None else f"{region}|{start // ROWS}",
            "region": region,
            "creators": list(signed.creators[start : start + ROWS]),
            "signatures": [each.hex() for each in signed.signatures[start : start + ROWS]],
        }
