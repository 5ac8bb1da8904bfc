"""Where the parts of a scoring run are computed: on this machine's cores, or on a cluster that speaks Spark Connect."""

from api.runs.engines.engine import Engine, EngineFailed, Step
from api.runs.engines.local import LOCAL, Local

__all__ = ["LOCAL", "Engine", "EngineFailed", "Local", "Step"]
