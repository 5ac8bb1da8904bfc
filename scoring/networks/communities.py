"""Communities of a network, and what sets each apart.

Louvain: Blondel, Guillaume, Lambiotte and Lefebvre 2008. Its modularity merges groups that are small beside the network (Fortunato
and Barthélemy 2007), which matters little in the few hundred nodes that are drawn.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import networkx

nx: Any = networkx

SEED: Final = 1
SHOWN: Final = 3


class Shared(NamedTuple):
    """Something that members have in common: how many have it, their share of the community, and how far it exceeds that of all nodes."""

    key: Hashable
    members: int
    share: float
    lead: float


def communities(graph: Any) -> list[list[int]]:
    """Return NetworkX's `louvain_communities` of two nodes or more, the largest first; the same graph always gives the same.

    Nodes without ties belong to none, so a network without ties has no communities.
    """
    if not graph.number_of_edges():
        return []
    found: list[set[int]] = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    return sorted((sorted(each) for each in found if len(each) > 1), key=lambda each: (-len(each), each[0]))


def shared(members: Sequence[int], of: Mapping[int, Sequence[Hashable]], *, among: int) -> list[Shared]:
    """Return what sets members apart: of what a third or more of them have, the few with the largest lead over all `among` nodes.

    `of` gives each node's keys (categories, regions, products), each once. Where all nodes share a thing alike, the commonest leads.
    """
    overall = Counter(key for keys in of.values() for key in keys)
    own = Counter(key for member in members for key in of.get(member, ()))
    shares = {key: count / len(members) for key, count in own.items()}
    common = [key for key, share in shares.items() if share >= 1 / 3]
    found = [Shared(key, own[key], shares[key], shares[key] - overall[key] / among) for key in common]
    return sorted(found, key=lambda each: (-each.lead, -each.share, str(each.key)))[:SHOWN]
