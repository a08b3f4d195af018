"""One server process, and a client that knows what each of its requests cost."""

import itertools
import json
import re
import subprocess
import time
import urllib.request
from http.cookiejar import CookieJar
from typing import NamedTuple

from launcher.conf import free_port

from .ground import DATABASE

PASSWORD = "Hiephoa-2014"
PATIENCE = 90


class Cost(NamedTuple):
    """What a request cost: milliseconds at the client and in SQL, and queries."""

    total: float
    sql: float
    queries: int


class Server:
    """Odoo in one process with threads, without scheduled actions.

    :param conf: configuration file
    :param log: where its log goes; each request's line there tells its queries
    """

    def __init__(self, conf, log):
        self.log = log
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.marks = itertools.count(1)
        with open(log, "w", encoding="utf-8") as stream:
            self.process = subprocess.Popen(
                [
                    *("odoo", "-c", conf, "-d", DATABASE, "--workers", "0"),
                    *("--http-port", str(self.port), "--max-cron-threads", "0"),
                    *("--log-handler", "werkzeug:INFO"),
                ],
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
            )
        self._await()

    def _await(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/web/health", timeout=5):
                    return
            except OSError:
                time.sleep(0.3)
        self.stop()
        raise SystemExit(f"the server does not answer; see {self.log}")

    def stop(self):
        """End the server."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.stop()

    def cost_of(self, mark, total):
        """Return the cost of a marked request, as the server's log tells it."""
        pattern = re.compile(
            rf"\?mark={mark}\b.* HTTP/.* (\d+) (\d+\.\d+) (\d+\.\d+)\s*$"
        )
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            with open(self.log, "rb") as stream:
                stream.seek(0, 2)
                stream.seek(max(0, stream.tell() - 20_000))
                tail = stream.read().decode(errors="replace")
            for text in reversed(tail.splitlines()):
                if found := pattern.search(text):
                    return Cost(total, float(found[2]) * 1000, int(found[1]))
            time.sleep(0.01)
        raise RuntimeError(f"request {mark} is not in {self.log}")


class Client:
    """One logged-in person, as a browser talks."""

    def __init__(self, server, login):
        self.server = server
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar())
        )
        credentials = {"db": DATABASE, "login": login, "password": PASSWORD}
        session, _cost = self._post("/web/session/authenticate", credentials)
        self.context = dict(session["user_context"])

    def _post(self, path, params):
        mark = next(self.server.marks)
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        request = urllib.request.Request(
            f"{self.server.url}{path}?mark={mark}",
            body.encode(),
            {"Content-Type": "application/json"},
        )
        began = time.perf_counter()
        with self._opener.open(request, timeout=600) as answer:
            raw = answer.read()
        total = (time.perf_counter() - began) * 1000
        reply = json.loads(raw)
        if "error" in reply:
            raise RuntimeError(reply["error"]["data"]["message"])
        return reply.get("result"), self.server.cost_of(mark, total)

    def call(self, model, method, *args, **kwargs):
        """Call a public method.

        :return: its result, and what it cost
        """
        context = self.context | kwargs.pop("context", {})
        return self._post(
            f"/web/dataset/call_kw/{model}/{method}",
            {
                "model": model,
                "method": method,
                "args": list(args),
                "kwargs": kwargs | {"context": context},
            },
        )
