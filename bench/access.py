"""``./qlvb bench --access``: what it costs to note that people use the system.

The same light request, a list of three units, is made a thousand times in the way
that is noted and a thousand times in the way that is not, in turns, by one person;
then thirty people make their first request of the half-day and a second one.
"""

import statistics

from .server import Client

REQUESTS = 1000
FIRST_PEOPLE = 30
PATH = "/web/dataset/call_kw"
MODEL, METHOD = "qlvb.unit", "web_search_read"


class Costs:
    """What requests of one kind cost, added up."""

    def __init__(self):
        self.costs = []

    def add(self, cost):
        """Count one request."""
        self.costs.append(cost)

    def per_thousand(self):
        """Return queries and milliseconds in SQL of a thousand, and a median."""
        each = 1000 / len(self.costs)
        return {
            "queries": each * sum(cost.queries for cost in self.costs),
            "sql": each * sum(cost.sql for cost in self.costs),
            "median": statistics.median(cost.total for cost in self.costs),
        }


def ask(client, noted):
    """Make the request as a list does, or by the address that tells nothing.

    :return: what it cost
    """
    params = {
        "model": MODEL,
        "method": METHOD,
        "args": [],
        "kwargs": {
            "domain": [],
            "specification": {"name": {}},
            "limit": 3,
            "context": client.context,
        },
    }
    path = f"{PATH}/{MODEL}/{METHOD}" if noted else PATH
    return client._post(path, params)[1]


def rows(ground):
    """Return how many rows the log of accesses holds; none is ever written twice."""
    with ground.connect() as connection, connection.cursor() as cr:
        cr.execute("SELECT count(*) FROM qlvb_access_log")
        return cr.fetchone()[0]


def forget(ground):
    """Take away what was noted of today, so that everybody's first use is to come."""
    with ground.connect() as connection, connection.cursor() as cr:
        cr.execute("DELETE FROM qlvb_access_log WHERE date > CURRENT_DATE - 2")


def run(ground, server, progress):
    """Measure.

    :return: figures by name
    """
    forget(ground)
    with ground.connect() as connection, connection.cursor() as cr:
        cr.execute(
            "SELECT login FROM res_users WHERE active AND login LIKE 'truong.%%'"
            " ORDER BY id LIMIT %s",
            (FIRST_PEOPLE,),
        )
        logins = [login for (login,) in cr.fetchall()]
    before = rows(ground)
    first, second = Costs(), Costs()
    for login in logins:
        client = Client(server, login)
        # What any first request of a session costs is none of ours.
        ask(client, noted=False)
        first.add(ask(client, noted=True))
        second.add(ask(client, noted=True))
    between = rows(ground)
    progress(f"first uses of {len(logins)} people are noted", always=True)
    noted, plain = Costs(), Costs()
    for _number in range(REQUESTS):
        plain.add(ask(client, noted=False))
        noted.add(ask(client, noted=True))
    return {
        "people": len(logins),
        "rows of first uses": between - before,
        "rows of a thousand": rows(ground) - between,
        "first": first.per_thousand(),
        "second": second.per_thousand(),
        "noted": noted.per_thousand(),
        "plain": plain.per_thousand(),
    }


def table(result):
    """Return the figures as lines of a Markdown table."""
    lines = [
        "| 1,000 requests | queries | ms in SQL | median ms a request |",
        "|---|---:|---:|---:|",
    ]
    for name, label in (
        ("plain", "not noted"),
        ("noted", "noted (the half-day is known)"),
        ("first", "noted, each the first of a half-day"),
        ("second", "noted, each the second of a half-day"),
    ):
        cost = result[name]
        lines.append(
            f"| {label} | {cost['queries']:,.0f} | {cost['sql']:,.0f}"
            f" | {cost['median']:.2f} |"
        )
    return [
        *lines,
        "",
        f"Rows written: {result['rows of first uses']} by the first uses of"
        f" {result['people']} people, {result['rows of a thousand']} by the thousand"
        " requests after them.",
    ]
