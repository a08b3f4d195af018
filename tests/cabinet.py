"""Dossiers, and the people who work on them."""

import datetime
import json
import urllib.error
import urllib.request

from clerks import enter, query, register, today
from livesystem import RpcError

#: Specialists of many agencies and communes: one each.
SPECIALISTS = tuple(
    f"cv1.{slug}"
    for slug in (
        *("noivu", "tuphap", "tckh", "tnmt", "ldtbxh", "gddt", "yte", "thanhtra"),
        *("ktht", "nnptnt", "thang", "ducthang", "maidinh", "ngocson", "hoason", "vp"),
    )
)


class Cabinet:
    """The Chief of Office's dossiers; everybody is logged in once.

    :param server: a live server
    """

    def __init__(self, server):
        self.server = server
        self.people = {}
        self.units = {}

    def __getitem__(self, login):
        if login not in self.people:
            self.people[login] = self.server.rpc(login)
        return self.people[login]

    def unit(self, symbol):
        """The id of the agency with that symbol."""
        if symbol not in self.units:
            (found,) = self["chanhvp"].call(
                "qlvb.unit", "search", [("symbol", "=", symbol)], limit=1
            )
            self.units[symbol] = found
        return self.units[symbol]

    def line(self, symbol, role="support"):
        """A line that charges an agency."""
        return {"unit_id": self.unit(symbol), "role": role}

    def person(self, login, role="support"):
        """A line that charges a person."""
        return {"user_id": self[login].uid, "role": role}

    def paper(self):
        """A registered incoming paper, seen by the committee alone."""
        (paper,) = enter(self["vanthu"])
        register(self["vanthu"], paper)
        return paper

    def act(self, login, act, dossier, *arguments):
        """Do something on a dossier."""
        return self[login].call("qlvb.dossier", f"action_{act}", [dossier], *arguments)

    def order(self, login, act, order, *arguments):
        """Do something on an assignment."""
        return self[login].call("qlvb.assignment", f"action_{act}", [order], *arguments)

    def opine(self, login, dossier, body="Nhất trí với dự thảo."):
        """Record an opinion; gives its id."""
        return self[login].call(
            "qlvb.opinion", "create", {"dossier_id": dossier, "body": body}
        )

    def opened(self, name="Hồ sơ ban hành Quy chế", by="chanhvp"):
        """A dossier that the Chief of Office, or somebody else, opened."""
        return self[by].call("qlvb.dossier", "create", {"name": name})

    def entries(self, count):
        """Entries of this year's list, which the chairman approved; gives their ids."""
        clerk, model = self["vanthu"], "qlvb.dossier.list"
        planned = clerk.call(model, "create", {"year": today().year})
        rows = [
            {"list_id": planned, "name": f"Hồ sơ số {number}"}
            for number in range(1, count + 1)
        ]
        entries = clerk.call("qlvb.dossier.entry", "create", rows)
        self["chutich"].call(model, "action_approve", [planned])
        return entries

    def in_progress(self, *support):
        """A dossier led by a specialist in person; gives it and its orders.

        :param support: lines of supporters
        """
        dossier = self.opened()
        lines = [self.person("cv1.vhtt", "lead"), *support]
        orders = self.act("chanhvp", "assign", dossier, lines)
        self.order("cv1.vhtt", "accept", orders[0])
        return dossier, orders

    def completed(self):
        """A dossier that waits to be closed."""
        dossier, _orders = self.in_progress()
        self.opine("cv1.vhtt", dossier, "Đề xuất ban hành.")
        self.act("cv1.vhtt", "complete", dossier)
        return dossier

    def closed(self):
        """A dossier that can only be read."""
        dossier = self.completed()
        self.act("chanhvp", "close", dossier)
        return dossier

    def key(self, login):
        """An API key of somebody, made as a person makes it."""
        person = self[login]
        day = datetime.date.today() + datetime.timedelta(days=1)
        values = {"name": "test", "duration": "1", "expiration_date": str(day)}
        model = "res.users.apikeys.description"
        wizard = person.call(model, "create", values)
        shown = person.confirm(model, "make_key", [wizard])
        return shown["context"]["default_key"]


def json_2(server, key, model, method, **arguments):
    """Call a method over /json/2; gives its result.

    :raises RpcError: what the server answered instead
    """
    request = urllib.request.Request(
        f"{server.base_url}/json/2/{model}/{method}",
        json.dumps(arguments).encode(),
        {"Content-Type": "application/json", "Authorization": f"bearer {key}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            raise RpcError({"data": json.load(error)}) from None


def state_of(server, dossier):
    """The state of a dossier, as it is stored."""
    ((state,),) = query(
        server.dsn, "SELECT state FROM qlvb_dossier WHERE id = %s", dossier
    )
    return state


def order_states(server, dossier):
    """Role and state of the orders on a dossier, by id."""
    rows = query(
        server.dsn,
        "SELECT id, role, state FROM qlvb_assignment WHERE dossier_id = %s",
        dossier,
    )
    return {number: (role, state) for number, role, state in rows}


def deadlocks(server):
    """How often PostgreSQL had to end somebody because two waited for each other."""
    ((number,),) = query(
        server.dsn,
        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
    )
    return number


def traces(server):
    """All that an act on dossiers leaves: how many rows of each kind there are."""
    tables = (
        *("qlvb_dossier", "qlvb_assignment", "qlvb_opinion", "qlvb_dossier_document"),
        *("qlvb_dossier_decision", "qlvb_dossier_stay", "qlvb_order", "qlvb_urge"),
    )
    counts = " UNION ALL ".join(
        f"SELECT '{table}', count(*), max(write_date) FROM {table}" for table in tables
    )
    journal = "SELECT 'journal', count(*), NULL FROM qlvb_journal"
    acts = f"{journal} WHERE res_model = 'qlvb.dossier' AND event <> 'opened'"
    return query(server.dsn, f"{counts} UNION ALL {acts}")
