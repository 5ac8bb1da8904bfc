"""Do inputs and scores lie as they did in the run before? The population stability index of each column, and what of it is chance."""

from scoring.drift.profile import Profile, profile
from scoring.drift.stability import LIMIT, Stability, stability

__all__ = ["LIMIT", "Profile", "Stability", "profile", "stability"]
