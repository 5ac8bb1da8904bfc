"""Is what the data say honest? Flags with cited evidence and stated precision; never a part of a score."""

from scoring.authenticity.flags import FALSE_DISCOVERY_RATE, MEASURED_PRECISION, Flags, Kind, Precision, flags

__all__ = ["FALSE_DISCOVERY_RATE", "MEASURED_PRECISION", "Flags", "Kind", "Precision", "flags"]
