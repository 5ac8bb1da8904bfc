"""The features, in the order in which the schema and the examples list them: a new one is an import and a line here."""

from __future__ import annotations

from typing import Final

from api.features.access_keys import feature as access_keys
from api.features.alerts import feature as alerts
from api.features.appeals import feature as appeals
from api.features.brand_ratings import feature as brand_ratings
from api.features.brand_sales import feature as brand_sales
from api.features.briefs import feature as briefs
from api.features.centrality import feature as centrality
from api.features.changes import feature as changes
from api.features.cold_start import feature as cold_start
from api.features.comparison import feature as comparison
from api.features.competitors import feature as competitors
from api.features.cypher import feature as cypher
from api.features.delivery import feature as delivery
from api.features.disclosures import feature as disclosures
from api.features.facets import feature as facets
from api.features.feature import Feature
from api.features.federation import feature as federation
from api.features.imports import feature as imports
from api.features.improvements import feature as improvements
from api.features.lookalikes import feature as lookalikes
from api.features.neighbours import feature as neighbours
from api.features.network import feature as network
from api.features.overlap import feature as overlap
from api.features.paths import feature as paths
from api.features.portfolio import feature as portfolio
from api.features.prospects import feature as prospects
from api.features.recommendations import feature as recommendations
from api.features.rights import feature as rights
from api.features.sales_consent import feature as sales_consent
from api.features.samples import feature as samples
from api.features.saved_queries import feature as saved_queries
from api.features.saved_views import feature as saved_views
from api.features.score_changes import feature as score_changes
from api.features.score_events import feature as score_events
from api.features.score_history import feature as score_history
from api.features.scoring_control import feature as scoring_control
from api.features.search import feature as search
from api.features.spillover import feature as spillover
from api.features.webhooks import feature as webhooks
from api.graphql.cost.tariff import Tariff
from api.graphql.execution.field_context import Computed
from api.graphql.execution.streaming import Stream

FEATURES: Final[tuple[Feature, ...]] = (
    score_changes.FEATURE,
    improvements.FEATURE,
    score_events.FEATURE,
    score_history.FEATURE,
    changes.FEATURE,
    webhooks.FEATURE,
    alerts.FEATURE,
    brand_sales.FEATURE,
    brand_ratings.FEATURE,
    appeals.FEATURE,
    sales_consent.FEATURE,
    rights.FEATURE,
    access_keys.FEATURE,
    disclosures.FEATURE,
    delivery.FEATURE,
    cold_start.FEATURE,
    spillover.FEATURE,
    competitors.FEATURE,
    comparison.FEATURE,
    overlap.FEATURE,
    lookalikes.FEATURE,
    network.FEATURE,
    neighbours.FEATURE,
    paths.FEATURE,
    recommendations.FEATURE,
    portfolio.FEATURE,
    briefs.FEATURE,
    prospects.FEATURE,
    samples.FEATURE,
    scoring_control.FEATURE,
    imports.FEATURE,
    cypher.FEATURE,
    centrality.FEATURE,
    saved_queries.FEATURE,
    saved_views.FEATURE,
    search.FEATURE,
    facets.FEATURE,
    federation.FEATURE,
)

COMPUTED: Final[dict[tuple[str, str], Computed]] = {place: computed for each in FEATURES for place, computed in each.fields.items()}
"""Functions by type and field, for what no single plan holds."""

LASTING: Final = frozenset(place for each in FEATURES if each.lasting for place in each.fields if place not in each.fleeting)
"""Those of them whose answer may be kept until the data changes."""

SHOWING: Final = frozenset(place for each in FEATURES if each.shows_scores for place in each.fields)
"""Those that show scores of the creators whom they are about, or name: the audit log says so."""

FIELD_COSTS: Final[dict[str, int]] = {"explanation": 2, **{name: cost for each in FEATURES for name, cost in each.costs.items()}}
"""What fields cost beside their rows, where they are work for the database or for us however few these are."""

TARIFF: Final = Tariff(FIELD_COSTS, {place: size for each in FEATURES for place, size in each.sizes.items()})
"""What all fields cost."""

STREAMS: Final[dict[str, Stream]] = {name: stream for each in FEATURES for name, stream in each.streams.items()}
"""What each field of a subscription answers when something has happened."""
