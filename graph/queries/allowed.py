"""What a query may be made of. Whatever is not named here is refused, so a newer database cannot bring anything in by itself."""

from __future__ import annotations

from typing import Final


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


QUERY_TYPE: Final = "r"
VERSIONS: Final = frozenset({"5"})
PLANNERS: Final = frozenset({"COST"})
RUNTIMES: Final = frozenset({"SLOTTED", "PIPELINED", "INTERPRETED"})

_SCANS: Final = """
AllNodesScan NodeByLabelScan UnionNodeByLabelsScan IntersectionNodeByLabelsScan SubtractionNodeByLabelsScan NodeByIdSeek
NodeByElementIdSeek NodeIndexScan NodeIndexSeek NodeIndexSeekByRange NodeUniqueIndexSeek NodeUniqueIndexSeekByRange
NodeIndexContainsScan NodeIndexEndsWithScan MultiNodeIndexSeek NodeCountFromCountStore RelationshipCountFromCountStore
"""
_RELATIONSHIP_SCANS: Final = """
AllRelationshipsScan RelationshipTypeScan UnionRelationshipTypesScan RelationshipByIdSeek RelationshipByElementIdSeek
RelationshipIndexScan RelationshipIndexSeek RelationshipIndexSeekByRange RelationshipUniqueIndexSeek
RelationshipUniqueIndexSeekByRange RelationshipIndexContainsScan RelationshipIndexEndsWithScan
"""
_STEPS: Final = """
Anti AntiConditionalApply AntiSemiApply Apply Argument ArgumentTracker AssertSameNode BidirectionalRepeat CacheProperties
CartesianProduct ConditionalApply Distinct Eager EagerAggregation EmptyResult EmptyRow ExhaustiveLimit Expand Filter LeftOuterHashJoin
LetAntiSemiApply LetSelectOrAntiSemiApply LetSelectOrSemiApply LetSemiApply Limit NodeHashJoin NodeLeftOuterHashJoin
NodeRightOuterHashJoin NonFuseable NullifyMetadata Optional OptionalExpand OrderedAggregation OrderedDistinct OrderedUnion
PartialSort PartialTop PathPropagatingBFS PreserveOrder ProcedureCall ProduceResults ProjectEndpoints Projection
RemoteBatchProperties RemoteBatchPropertiesWithFilter Repeat RepeatOptions RightOuterHashJoin RollUpApply SelectOrAntiSemiApply
SelectOrSemiApply SemiApply ShortestPath Skip Sort StatefulShortestPath Top Top1WithTies TriadicBuild TriadicFilter
TriadicSelection Union Unwind ValueHashJoin VarLengthExpand
"""
OPERATORS: Final = frozenset(
    _SCANS.split() + _STEPS.split() + [way + scan for way in ("Directed", "Undirected") for scan in _RELATIONSHIP_SCANS.split()]
)
"""Operators of a plan that only read, by their names without what stands in brackets; `Partitioned…` ones are the same in parallel."""

PROCEDURES: Final = _names("""
    db.labels db.relationshipTypes db.propertyKeys db.schema.visualization db.schema.nodeTypeProperties db.schema.relTypeProperties
    db.index.fulltext.queryNodes db.index.fulltext.queryRelationships db.index.fulltext.listAvailableAnalyzers
    db.index.vector.queryNodes db.index.vector.queryRelationships
""")
"""Procedures that tell of the graph's shape or search its indexes; others that only read change what the planner knows, say."""

FUNCTIONS: Final = _names(
    """
    abs ceil floor isNaN rand round sign acos asin atan atan2 cos cot degrees haversin pi radians sin tan e exp log log10 sqrt
    all any exists isEmpty none single avg collect count max min percentileCont percentileDisc stDev stDevP sum
    btrim left lower ltrim normalize replace reverse right rtrim split substring toLower toString toStringOrNull toUpper trim upper
    char_length character_length coalesce elementId endNode head id last length nullIf properties randomUUID size startNode
    timestamp toBoolean toBooleanOrNull toFloat toFloatOrNull toInteger toIntegerOrNull type valueType
    keys labels nodes range reduce relationships tail toBooleanList toFloatList toIntegerList toStringList
    point point.distance point.withinBBox vector.similarity.cosine vector.similarity.euclidean
    date date.realtime date.statement date.transaction date.truncate
    datetime datetime.realtime datetime.statement datetime.transaction datetime.truncate datetime.fromEpoch datetime.fromEpochMillis
    localdatetime localdatetime.realtime localdatetime.statement localdatetime.transaction localdatetime.truncate
    localtime localtime.realtime localtime.statement localtime.transaction localtime.truncate
    time time.realtime time.statement time.transaction time.truncate
    duration duration.between duration.inDays duration.inMonths duration.inSeconds
    shortestPath allShortestPaths
    """.lower()
)
"""Functions of the database's own, in small letters; those that reach files or other databases are left out."""

BEFORE_BRACKETS: Final = _names("""
    ALL AND ANY AS ASC ASCENDING BY CALL CASE CONTAINS DESC DESCENDING DISTINCT ELEMENTS ELSE ENDS EXISTS GROUP GROUPS IN IS LIMIT MATCH
    NONE NOT OFFSET ON OPTIONAL OR ORDER PATH PATHS REPEATABLE RETURN SHORTEST SINGLE SKIP STARTS THEN UNION UNWIND WHEN WHERE WITH XOR
    CREATE DELETE FOR FOREACH INSERT MERGE REMOVE REQUIRE SET
""")
"""Keywords that an opening bracket may follow; those of the last line are refused by what they do."""
