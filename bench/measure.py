"""Measuring: medians of seven, warm, in one run."""

import statistics
import time
from datetime import timedelta

from . import cases
from .ground import DATABASE
from .office import today
from .server import Client, Cost

TIMES = 7
ROLES = ("nothing", "old", "few", "head", "chief")


def median(costs):
    """Return the cost whose parts are the medians of the costs' parts."""
    return Cost(*(statistics.median(part) for part in zip(*costs, strict=True)))


class Measuring:
    """One run over a filled database.

    :param env: environment of the superuser in this process
    :param office: who is who
    :param server: the server to talk to
    :param progress: called with a word on what is being done
    """

    def __init__(self, env, office, server, progress):
        self.env = env
        self.office = office
        self.server = server
        self.progress = progress
        self.users = {role: getattr(office.watchers, role) for role in ROLES}
        self.clients = {
            role: Client(server, office.logins[user])
            for role, user in self.users.items()
        }

    def run(self):
        """Measure everything.

        :return: dict of ``sees`` (papers by role), ``http`` (case → role → Cost),
            ``inside`` (case → role → milliseconds in this process: the person's,
            and the superuser's for the same) and ``acts`` (act → Cost)
        """
        reading = cases.reading(self.env, self._symbol())
        http, inside = {}, {}
        for case in reading:
            self.progress(f"measuring: {case.name}", always=True)
            http[case.name] = {
                role: self._over_http(client, case)
                for role, client in self.clients.items()
            }
            inside[case.name] = self._inside(case)
        http["open a form"] = self._forms()
        self.progress("measuring: acts", always=True)
        return {
            "sees": self._sight(),
            "http": http,
            "inside": inside,
            "acts": self._acts(),
        }

    def _symbol(self):
        """Return a symbol that papers bear, as people type it."""
        paper = self.env["qlvb.document"].search(
            [("state", "=", "done"), ("type_id.code", "=", "TTr")], limit=1
        )
        return paper.reference.lower().replace("/", " ").replace("-", " ")

    def _over_http(self, client, case, times=TIMES):
        costs = []
        for _ in range(times + 1):
            _result, cost = client.call(
                case.model,
                case.method,
                *case.arguments,
                **case.options,
                context=case.context,
            )
            costs.append(cost)
        return median(costs[1:])

    def _inside(self, case):
        """Time a case in this process: the same code for people and the superuser.

        By turns, so that whatever else the machine does meets both alike.  What
        the superuser sees is the same whoever asks, but for what is personal.
        """
        timed = {}
        for role, user in self.users.items():
            judge = user if case.personal else self.users["chief"]
            spans = [
                (self._span(case, user, su=False), self._span(case, judge, su=True))
                for _ in range(TIMES + 1)
            ]
            timed[role] = [
                statistics.median(part) for part in zip(*spans[1:], strict=True)
            ]
        return timed

    def _span(self, case, user, su):
        """Return the milliseconds of a case in a transaction of its own."""
        context = {"lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh", **case.context}
        env = self.env(user=user, context=context, su=su)
        env.cr.rollback()
        began = time.perf_counter()
        getattr(env[case.model], case.method)(*case.arguments, **case.options)
        return (time.perf_counter() - began) * 1000

    def _sight(self):
        return {
            role: self.env["qlvb.document"].with_user(user).search_count([])
            for role, user in self.users.items()
        }

    def _forms(self):
        """Open the newest paper that each of them sees."""
        opened = {}
        for role, client in self.clients.items():
            paper = (
                self.env["qlvb.document"]
                .with_user(self.users[role])
                .search([], limit=1)
            )
            if paper:
                case = cases.opening(self.env(user=self.users[role]), paper.id)
                opened[role] = self._over_http(client, case)
        return opened

    # -- acts -----------------------------------------------------------------

    def _acts(self):
        """Enter, register and route papers, each act on a paper of its own."""
        clerk = Client(self.server, self.office.logins[self.office.watchers.clerk])
        chief = self.clients["chief"]
        entered, papers = [], []
        for index in range(TIMES + 1):
            (saved,), cost = clerk.call(
                "qlvb.document",
                "web_save",
                [],
                self._paper(index),
                specification={"state": {}, "revision": {}},
            )
            entered.append(cost)
            papers.append(saved["id"])
        lines = [
            {"unit_id": self.office.others[3].id, "role": "lead"},
            {"unit_id": self.office.others[4].id, "role": "support"},
        ]
        registered = [
            clerk.call("qlvb.document", "action_register", [paper])[1]
            for paper in papers
        ]
        routed = [
            chief.call("qlvb.document", "action_assign", [paper], lines)[1]
            for paper in papers
        ]
        return {
            "enter a draft": median(entered[1:]),
            "register": median(registered[1:]),
            "route to two units": median(routed[1:]),
        }

    def _paper(self, index):
        day = today()
        return {
            "direction": "in",
            "unit_id": self.office.committee.id,
            "issuer": "Sở Nội vụ",
            "reference": f"{4000 + index}/SNV",
            "document_date": str(day - timedelta(days=2)),
            "received_date": str(day),
            "summary": f"Văn bản đo thử số {index}",
            "type_id": self.office.kinds[0].id,
        }


def machine(ground):
    """Return what else the figures depend on."""
    with ground.connect() as connection, connection.cursor() as cr:
        cr.execute("SELECT version(), pg_database_size(%s)", (DATABASE,))
        version, size = cr.fetchone()
    with open("/proc/loadavg", encoding="ascii") as stream:
        load = stream.read().split()[:3]
    return {
        "postgresql": version.split(" on ")[0],
        "database_mb": size // 2**20,
        "load": " ".join(load),
        "fsync": ground.setting("fsync"),
        "shared_buffers": ground.setting("shared_buffers"),
    }
