"""A brand's network."""

from __future__ import annotations

from typing import Final

from api.features.feature import Feature
from api.features.network.examples import EXAMPLES
from api.features.network.network import network

FEATURE: Final = Feature(
    fields={
        ("Brand", "network"): network,
    },
    costs={"network": 200},
    examples=EXAMPLES,
)
