"""`creatorgraph verify` on a real export: what is changed is found, and named."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver
from typer.testing import CliRunner, Result

from api.access.viewer import Role, Viewer
from api.commands import app
from api.exports.order import ordered
from api.exports.sources import source_of
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.state import State
from api.proof.bundle import read
from api.proof.signing import Signer, public_key
from api.runs.scoring_run import score
from graph.exports import export
from tests.api.drawn_market import END, draw_market
from tests.api.processes import process
from tests.conftest import TestServer

ANALYST = Viewer("k", "lab", Role.ANALYST)
BRAND = Viewer("k", "b0", Role.BRAND, ("US",), ("b0",))
CREATOR = Viewer("k", "c01", Role.CREATOR, creator="c01")


@dataclass
class Proven:
    state: State
    home: Path

    async def exported(self, folder: Path, viewer: Viewer = ANALYST, kind: str = "jsonl") -> Path:
        order = ordered({"what": "scorecards", "format": kind, "options": {"manifest": True}})
        async with source_of(order, viewer, self.state) as source:
            await export(source, folder, kind)
        return folder


@pytest.fixture(scope="module")
async def proven(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Proven]:
    home = tmp_path_factory.mktemp("home")
    async with neo4j.driver() as driver:
        await _drawn(driver, Signer.of(home))
        state = process(driver, home)
        await state.run.refresh()
        yield Proven(state, home)
        state.store.close()


async def _drawn(driver: AsyncDriver, signer: Signer) -> None:
    await driver.execute_query("MATCH (n) DETACH DELETE n")
    await draw_market(driver)
    await driver.execute_query("MATCH (c:Creator) SET c.salesConsent = c.id IN ['c02', 'c04']")
    await score(driver, as_of=END, signer=signer)


@pytest.fixture
async def folder(proven: Proven, tmp_path: Path) -> Path:
    return await proven.exported(tmp_path / "proof")


def verify(path: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["verify", str(path), *words])


def change(file: Path, how: Callable[[dict[str, Any]], object], line: int = 0) -> None:
    lines = [json.loads(each) for each in file.read_text("utf-8").splitlines()]
    how(lines[line])
    file.write_text("".join(json.dumps(each) + "\n" for each in lines), "utf-8")


def cards(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(each) for each in (folder / "scorecards.jsonl").read_text("utf-8").splitlines()]


def card(folder: Path, creator: str) -> int:
    """Return the line of a creator's scorecard over everything in 90 days."""
    wanted = (creator, 90, "*")
    return next(at for at, each in enumerate(cards(folder)) if (each["creatorId"], each["window"], each["categoryId"]) == wanted)


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
async def test_an_export_as_it_was_written_holds(proven: Proven, tmp_path: Path, kind: str) -> None:
    path = await proven.exported(tmp_path / "proof.zip", kind=kind)
    done = verify(path, "--key", public_key(proven.home) or "")
    assert done.exit_code == 0, done.output
    assert done.stdout.endswith("Every score follows from its facts, the fit and the formula, and matches the signature.\n")
    assert "of 12 creators" in done.stdout
    untrusted = verify(path, "--json")
    assert (untrusted.exit_code, json.loads(untrusted.stdout)["trusted"]) == (0, False)


async def test_a_changed_score_is_named_with_both_values(folder: Path) -> None:
    line = card(folder, "c07")
    value = cards(folder)[line]["diligence"]
    change(folder / "scorecards.jsonl", lambda row: row.update(diligence=value + 1e-6), line)
    done = verify(folder)
    assert done.exit_code == 1
    assert f"creator c07, 90 days, category *: diligence is stored as {value + 1e-6!r}, recomputed as {value!r}" in done.stdout
    assert "creator c07: the signature does not fit the scorecards" in done.stdout
    assert "creator c08" not in done.stdout


async def test_a_changed_fact_is_found_by_what_follows_from_it(folder: Path) -> None:
    change(
        folder / "scorecards.jsonl",
        lambda row: row.update(fact_listed_shoppable_rate=row["fact_listed_shoppable_rate"] / 2),
        card(folder, "c07"),
    )
    done = verify(folder)
    assert (done.exit_code, "creator c07, 90 days, category *: diligence is stored as" in done.stdout) == (1, True)


async def test_a_changed_sealed_fact_breaks_its_seal(folder: Path) -> None:
    change(folder / "scorecards.jsonl", lambda row: row.update(fact_orders=row["fact_orders"] + 1), card(folder, "c07"))
    done = verify(folder)
    assert (done.exit_code, "creator c07, 90 days, category *: its facts are not those that were signed" in done.stdout) == (1, True)


async def test_a_fact_and_its_score_changed_together_are_found_by_the_signature(folder: Path) -> None:
    def twin(row: dict[str, Any]) -> None:
        # Another creator's whole row under this one's name: all of it follows from its facts.
        creator, region = row["creatorId"], row["region"]
        row.clear()
        row.update({**cards(folder)[card(folder, "c08")], "creatorId": creator, "region": region})

    change(folder / "scorecards.jsonl", twin, card(folder, "c10"))
    done = verify(folder, "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["differences"]) == (1, [])
    assert any("creator c10: the signature does not fit" in each for each in told["problems"])


async def test_a_changed_fit_is_found(folder: Path) -> None:
    def shifted(row: dict[str, Any]) -> None:
        fit = json.loads(row["fit"])
        for spreads in fit["blends"].values():
            spreads[0][1] *= 2
        row["fit"] = json.dumps(fit, separators=(",", ":"), ensure_ascii=False)

    change(folder / "fit.jsonl", shifted)
    done = verify(folder)
    assert (done.exit_code, "the fit is not the one that was signed" in done.stdout) == (1, True)
    assert "overall is stored as" in done.stdout


@pytest.mark.parametrize("what", ["asOf", "counts", "declarations"])
async def test_a_changed_manifest_or_signature_is_found(folder: Path, what: str) -> None:
    def changed(row: dict[str, Any]) -> None:
        told = json.loads(row["manifest"])
        told[what] = 1 if what == "asOf" else "0" * 64
        row["manifest"] = json.dumps(told, sort_keys=True, separators=(",", ":"))

    change(folder / "manifest.jsonl", changed)
    done = verify(folder)
    assert (done.exit_code, "the manifest's signature is not one of the key" in done.stdout) == (1, True)


async def test_signatures_of_another_key_are_found(proven: Proven, folder: Path, tmp_path: Path) -> None:
    change(folder / "creators.jsonl", lambda row: row.update(signature="00" * 64), 2)
    done = verify(folder)
    assert (done.exit_code, "the signature was changed" in done.stdout) == (1, True)
    other = Signer.of(tmp_path / "other")
    change(folder / "manifest.jsonl", lambda row: row.update(publicKey=other.public))
    done = verify(folder, "--key", public_key(proven.home) or "")
    assert (done.exit_code, f"the export names the public key {other.public}, and not" in done.stdout) == (1, True)


async def test_scorecards_left_out_are_found(folder: Path) -> None:
    file = folder / "scorecards.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in cards(folder) if each["creatorId"] != "c05"), "utf-8")
    done = verify(folder)
    assert (done.exit_code, "creator c05: has a signature and no scorecards" in done.stdout) == (1, True)
    assert "scorecards are here, the run has" in done.stdout


async def test_only_what_one_may_see_is_exported(proven: Proven, tmp_path: Path) -> None:
    own = await proven.exported(tmp_path / "creator", CREATOR)
    manifest = json.loads((own / "manifest.jsonl").read_text("utf-8"))
    assert not {"creators", "scorecards", "secret"} & manifest.keys()
    assert {each["creatorId"] for each in cards(own)} == {"c01"}
    assert (verify(own).exit_code, "fact_orders" in cards(own)[0]) == (0, True)


async def test_an_export_of_no_scorecards_holds(proven: Proven, tmp_path: Path) -> None:
    empty = await proven.exported(tmp_path / "empty", CREATOR)
    for name in ("creators", "scorecards"):
        (empty / f"{name}.jsonl").write_text("", "utf-8")
    done = verify(empty)
    assert (done.exit_code, "0 scorecards" in done.stdout) == (0, True), done.output


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
async def test_what_a_brand_sees_is_proven_region_by_region(proven: Proven, tmp_path: Path, kind: str) -> None:
    wide = Viewer("k", "wide", Role.PARTNER, ("GB", "US"), ("b0",))
    for viewer, regions in ((BRAND, {"US"}), (wide, {"GB", "US"})):
        path = await proven.exported(tmp_path / f"{viewer.name}.zip", viewer, kind)
        done = verify(path, "--key", public_key(proven.home) or "")
        assert done.exit_code == 0, done.output
        assert "do not include the facts" not in done.stdout
        bundles = read(path)
        assert {each.told["region"] for each in bundles} == regions
        assert {region for each in bundles for region in each.rows.region} == regions


async def test_of_what_a_brand_sees_each_change_is_found(proven: Proven, tmp_path: Path) -> None:
    def broken(how: Callable[[dict[str, Any]], object]) -> str:
        folder = tmp_path / f"b{len(list(tmp_path.iterdir()))}"
        shutil.copytree(whole, folder)
        change(folder / "scorecards.jsonl", how, card(folder, "c01"))
        done = verify(folder)
        assert done.exit_code == 1
        return done.stdout

    whole = await proven.exported(tmp_path / "whole", BRAND)
    assert "diligence is stored as" in broken(lambda row: row.update(diligence=row["diligence"] + 1e-6))
    assert "its facts are not those that were signed" in broken(lambda row: row.update(fact_orders=1e9))
    assert "the signature does not fit" in broken(lambda row: row.update(window=91))
    stray = tmp_path / "stray"
    shutil.copytree(whole, stray)
    change(stray / "scorecards.jsonl", lambda row: row.update(region="GB"))
    assert "it has rows of the region GB and no manifest of it" in str(verify(stray).exception)


async def test_the_proof_of_what_a_brand_sees_tells_of_nothing_hidden(proven: Proven, tmp_path: Path) -> None:
    """The inputs that its manifest names are the facts that the brand sees, and nobody else's region stands in it."""
    folder = await proven.exported(tmp_path / "brand", BRAND)
    told = json.loads(json.loads((folder / "manifest.jsonl").read_text("utf-8"))["manifest"])
    assert set(told["inputs"]) == {"facts"}
    assert {each["region"] for each in cards(folder)} == {"US"}
    assert "GB" not in (folder / "fit.jsonl").read_text("utf-8")


async def test_the_api_serves_the_manifest_that_was_exported(proven: Proven, folder: Path) -> None:

    query = "{ scoringRuns(first: 1) { nodes { manifest { text signature publicKey } } } }"
    told, hidden = [
        (await execute(GraphQLRequest(query), viewer, proven.state))["data"]["scoringRuns"]["nodes"][0]["manifest"]
        for viewer in (CREATOR, BRAND)
    ]
    assert hidden is None
    row = json.loads((folder / "manifest.jsonl").read_text("utf-8"))
    assert told == {"text": row["manifest"], "signature": row["signature"], "publicKey": public_key(proven.home)}
    assert set(json.loads(told["text"])["inputs"]) >= {"sales", "posts", "creators"}


async def test_two_runs_of_the_same_data_name_the_same_inputs(proven: Proven) -> None:
    texts = []
    for _ in range(2):
        run = (await score(proven.state.driver, as_of=END, signer=Signer.of(proven.home))).run
        query = "MATCH (run:ScoringRun {id: $run}) RETURN run.manifest AS text"
        texts.append(json.loads((await proven.state.driver.execute_query(query, run=run)).records[0]["text"]))
    first, second = ({name: each for name, each in text.items() if name not in ("run", "counts")} for text in texts)
    assert first == second


def test_what_is_no_export_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello")
    for path, told in (
        (tmp_path / "note.txt", "neither a folder nor a complete zip archive"),
        (tmp_path, "is not an export with a manifest"),
    ):
        done = verify(path)
        assert done.exit_code == 1
        assert told in str(done.exception)
    assert verify(tmp_path, "--key", "12").exit_code == 2


async def test_the_key_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    made = await asyncio.gather(*(asyncio.to_thread(Signer.of, tmp_path) for _ in range(8)))
    assert {each.public for each in made} == {public_key(tmp_path)}
    assert (tmp_path / "signing.key").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["signing.key"]
