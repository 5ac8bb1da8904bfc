"""Evidence made from a few rows."""

import numpy as np

from scoring.ability.evidence import Evidence, Features, Lines, Plans, Posts, Reports


def evidence(*, creators=2, products=2, posts=(), features=(), lines=(), plans=(), videos=(), lives=(), followers=None) -> Evidence:
    """Return evidence; `posts` are (creator, live, views, selected), `features` (post, product, orders), `lines` (creator, product,
    post, order, live), `plans` (creator, product, contents, lives), reports (creator, at, posts, mean, median)."""

    def columns(rows, width):
        return np.array(rows, dtype=np.float64).reshape(-1, width).T

    def whole(column):
        return column.astype(np.int64)

    post, feature, line, plan = columns(posts, 4), columns(features, 3), columns(lines, 5), columns(plans, 4)
    return Evidence(
        posts=Posts(whole(post[0]), post[1] > 0, post[2], post[3] > 0),
        features=Features(whole(feature[0]), whole(feature[1]), feature[2]),
        lines=Lines(*(whole(column) for column in line[:4]), line[4]),
        plans=Plans(whole(plan[0]), whole(plan[1]), plan[2], plan[3]),
        videos=_reports(columns(videos, 5)),
        lives=_reports(columns(lives, 5)),
        log_followers=np.full(creators, np.log(1000.0)) if followers is None else np.log(np.array(followers, dtype=np.float64)),
        category=np.zeros(products, dtype=np.int64),
        log_price=np.zeros(products),
        categories=1,
    )


def _reports(columns) -> Reports:
    return Reports(columns[0].astype(np.int64), columns[1].astype(np.int64), *columns[2:])
