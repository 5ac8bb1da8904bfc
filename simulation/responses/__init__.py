"""The simulated world written down as responses of the partner API, in the documented shape of its sixteen endpoints."""

from simulation.responses.owners import OWNERS, write_responses

__all__ = ["OWNERS", "write_responses"]
