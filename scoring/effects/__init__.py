"""By how many points each event moved a creator's score: the facts are made again without it, all that is learnt of others held."""

from scoring.effects.events import Event, EventKind, events, missing
from scoring.effects.news import points_of_news
from scoring.effects.points import Effect, Scored, effects

__all__ = ["Effect", "Event", "EventKind", "Scored", "effects", "events", "missing", "points_of_news"]
