"""What holds at the end of every schedule, read from the database itself."""

from __future__ import annotations

from typing import Any, Final

from neo4j import Driver

from tests.simulated.cards import DAY, scope
from tests.simulated.known import Known, promised
from tests.simulated.world import CREATORS

EVENTS: Final = """
MATCH (event:DomainEvent)
RETURN event.id AS id, event.name AS name, event.subject AS subject, event.payload AS payload, event.creatorId AS creator
ORDER BY id
"""
STATE: Final = "MATCH (state:State {id: 'data'}) RETURN state.events AS events"
RUNS: Final = """
MATCH (run:ScoringRun|BuildingRun)
RETURN run.id AS id, labels(run) AS labels, run.status AS status, run.asOf AS asOf, run.scorecardCount AS cards,
  run.outwardScorecards AS outward
ORDER BY id
"""
CARDS: Final = """
MATCH (card:Scorecard)
OPTIONAL MATCH (card)-[:RATES]->(creator:Creator)
RETURN card.runId AS run, card.scope AS scope, card.ranks[0] AS rank, card.scored[0] AS scored, card.peers AS peers, card.overall AS value,
  card.facts AS facts, creator.id AS creator, coalesce(creator.salesConsent, false) AS consents
"""
PAST: Final = "MATCH (past:PastRun) RETURN past.id AS id, past.dropping AS dropping ORDER BY id"
REMEMBERED: Final = "MATCH (past:PastScores) RETURN DISTINCT replace(past.runId, '-outward', '') AS run"
MARKET: Final = """
MATCH (c:Creator)
OPTIONAL MATCH (objection:Objection {id: c.id})
RETURN c.id AS id, c.followerCount AS followers, c.salesConsent AS consent, objection IS NOT NULL AS objects
"""
SALES: Final = "MATCH (s:Sale) RETURN s.id AS id, s.gmv AS gmv"
BRIEFS: Final = "MATCH (b:Brief) RETURN b.name AS name"
ALL: Final = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties"
OPEN: Final = "SHOW TRANSACTIONS YIELD metaData, currentQuery WHERE metaData.lock IS NOT NULL RETURN metaData.lock AS lock"


class Ending:
    """The graph at the end, and what was promised of it."""

    def __init__(self, watch: Driver, known: Known) -> None:
        """Read what is there."""
        self._watch, self._known = watch, known
        self.events = self._rows(EVENTS)

    def _rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        with self._watch.session() as session:
            return session.run(query, values).data()  # type: ignore[arg-type]

    def hold(self) -> None:
        """Hold it against every promise."""
        self.hold_events()
        self.hold_runs()
        self.hold_market()
        self.hold_locks()

    def hold_events(self) -> None:
        """Numbers have no gap; what a creator has last changed is what was last told; an import that changed something was told."""
        numbers = [each["id"] for each in self.events]
        promised(numbers == list(range(1, len(numbers) + 1)), f"events are numbered without gaps: {numbers}")
        promised(self._rows(STATE)[0]["events"] == len(numbers), "the count of events is theirs")
        told = sum(each["name"] == "import.finished" for each in self.events)
        promised(told >= self._known.imports, f"{self._known.imports} imports changed something, of which {told} were told")
        for creator in self._rows(MARKET):
            own = [each for each in self.events if each["subject"] == creator["id"]]
            rating = [each["name"] for each in own if each["name"].startswith("rating.")]
            promised((rating[-1:] == ["rating.objected"]) == creator["objects"], f"of {creator} it was last told {rating[-1:]}")
            consent = [each["payload"] for each in own if each["name"] == "consent.changed"]
            last = f'{{"consent": {str(creator["consent"]).lower()}}}'
            promised(consent[-1:] in ([], [last]) and (consent or creator["consent"]), f"of {creator} it was last told {consent[-1:]}")

    def hold_runs(self) -> None:
        """One run is current; each that is kept is whole; the history has those that are or were current, and none that was taken back."""
        runs, cards = self._rows(RUNS), self._rows(CARDS)
        promised(sum(each["status"] == "current" for each in runs) == 1, f"one run is current: {runs}")
        whole = all(each["labels"] == ["ScoringRun"] and each["status"] != "discarded" for each in runs)
        promised(whole, f"nothing half made stays: {runs}")
        for run in runs:
            self._hold_run(run, [each for each in cards if each["run"] == run["id"]], run["cards"], run["id"])
            out = f"{run['id']}-outward"
            self._hold_run(run, [each for each in cards if each["run"] == out], run["outward"], out)
        known = {f"{run['id']}{suffix}" for run in runs for suffix in ("", "-outward")}
        promised({each["run"] for each in cards} <= known, "each card is of a run that is kept")
        newest = {each["asOf"]: each["id"] for each in runs if each["status"] in ("current", "superseded")}
        published = {*newest.values(), *(each["id"] for each in runs if each["status"] == "current")}
        held = {each["id"] for each in runs if each["status"] == "held"}
        past = {each["id"] for each in self._rows(PAST)}
        promised(published <= past, f"of each day the history has the last run: {past}, not {published}")
        promised(not held & past, f"the history has {past}, some of which wait: {held}")
        left = {each["run"] for each in self._rows(REMEMBERED)} - past - held
        promised(not left, f"scores are remembered of runs that are neither past nor kept: {left}")

    def _hold_run(self, run: dict[str, Any], cards: list[dict[str, Any]], count: int, under: str) -> None:
        promised(len(cards) == count, f"{under} has {len(cards)} cards, and says {count}")
        promised({each["scope"] for each in cards} <= {scope(under)}, f"{under} has cards of one scope")
        promised(all(int(each["value"]) == run["asOf"] // DAY for each in cards), f"{under} has its own scores")
        ranks = sorted(each["rank"] for each in cards)
        promised(ranks == list(range(1, count + 1)), f"ranks have no hole that tells of one: {under} has {ranks}")
        promised(all(each["scored"] == each["peers"] == count for each in cards), f"peers are counted without who is gone: {under}")
        objecting = {each["id"] for each in self._rows(MARKET) if each["objects"]}
        promised(not objecting & {each["creator"] for each in cards}, f"whoever objects is in no run: {under}")
        exact = {each["creator"] for each in cards if under != run["id"] and each["facts"] == [1.0] and not each["consents"]}
        promised(not exact, f"{under} shows exact sales of {exact}, who withdrew")

    def hold_market(self) -> None:
        """What was imported, however often, is there once; who was erased is nowhere; a brief is saved as often as was told."""
        imported = self._known.imports
        sales = {each["id"]: each["gmv"] for each in self._rows(SALES)}
        wanted = {f"o{number}-{place}:1" for number in range(1, imported + 1) for place in range(len(CREATORS))}
        promised(sales.keys() == wanted, f"sales are {sorted(sales)}, not those of {imported} exports")
        creators = self._rows(MARKET)
        promised({each["followers"] for each in creators} == {imported}, f"the newest export holds: {creators}")
        erased = ("erased", "zoe") in self._known.values
        promised({each["id"] for each in creators} == set(CREATORS[: 3 if erased else 4]), f"creators are {creators}")
        if erased:
            found = [each for each in self._rows(ALL) if "zoe" in repr(each)]
            promised(not found, f"nothing of whoever was erased is left: {found}")
        names = [each["name"] for each in self._rows(BRIEFS)]
        for name, made in self._known.briefs.items():
            times = names.count(name)
            promised(times == made if made is not None else times <= 1, f"{name} was told to be saved: {made}; it is there {times} times")

    def hold_locks(self) -> None:
        """Nobody holds a lock; whether a job runs is for its lock to say."""
        promised(not self._rows(OPEN), f"no lock is held: {self._rows(OPEN)}")
