"""A real server on a database of its own, and a client that talks as a browser does."""

import contextlib
import json
import subprocess
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar

from launcher.conf import Conf, free_port
from launcher.process import PidFile
from launcher.server import Server

PASSWORD = "Hiephoa-2014"
PATIENCE = 90
#: Screens: a clerk's desk, a head's phone.
DESK = {"width": 1366, "height": 800}
PHONE = {"width": 390, "height": 844}


class RpcError(Exception):
    """What the server answered instead of a result.

    `name` is the exception's full name (`odoo.exceptions.AccessError`), `message` what
    the person reads, `debug` the server's traceback.
    """

    def __init__(self, error):
        data = error.get("data") or {}
        self.name = data.get("name", "")
        self.message = data.get("message") or error.get("message", "")
        self.debug = data.get("debug", "")
        super().__init__(f"{self.name}: {self.message}")


class Rpc:
    """One logged-in person, over JSON-RPC, with a session of their own.

    :param base_url: the server's address
    :param db: the database
    :param login: whose
    :raises RpcError: when the log-in is refused
    """

    def __init__(self, base_url, db, login, password=PASSWORD):
        self.base_url = base_url
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies)
        )
        credentials = {"db": db, "login": login, "password": password}
        self.session = self.post("/web/session/authenticate", credentials)
        self.uid = self.session["uid"]
        self.context = dict(self.session.get("user_context") or {})

    @property
    def session_id(self):
        """The session's cookie, to be given to a browser."""
        return next(c.value for c in self.cookies if c.name == "session_id")

    def post(self, path, params, timeout=120):
        """Call a JSON route.

        :return: its result
        :raises RpcError: what the server answered instead
        """
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        request = urllib.request.Request(
            self.base_url + path,
            body.encode(),
            {"Content-Type": "application/json"},
        )
        with self._opener.open(request, timeout=timeout) as answer:
            reply = json.load(answer)
        if "error" in reply:
            raise RpcError(reply["error"])
        return reply.get("result")

    def call(self, model, method, *args, **kwargs):
        """Call a public method of a model, as a browser does.

        :return: its result
        :raises RpcError: what the server answered instead
        """
        context = self.context | kwargs.pop("context", {})
        params = {
            "model": model,
            "method": method,
            "args": list(args),
            "kwargs": kwargs | {"context": context},
        }
        return self.post(f"/web/dataset/call_kw/{model}/{method}", params)

    def confirm(self, model, method, *args, password=PASSWORD, **kwargs):
        """Call a method that asks who is there, and answer with the password.

        :return: the method's result
        :raises RpcError: what the server answered instead
        """
        result = self.call(model, method, *args, **kwargs)
        asked = isinstance(result, dict) and result.get("res_model")
        if asked != "res.users.identitycheck":
            return result
        return self.call(
            asked, "run_check", [result["res_id"]], context={"password": password}
        )

    def get(self, path, timeout=60):
        """Fetch a page or file.

        :return: status, headers and body, for errors too
        """
        try:
            with self._opener.open(self.base_url + path, timeout=timeout) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()


class LiveServer:
    """A server process on a database that is dropped with it.

    `base_url`, `db`, `dsn` (for psycopg2, as the databases' owner), `log` (its log
    file), `data_dir`, `pid` and `rpc(login)` are for the tests.

    :param system: the launcher's view of what is set up
    :param databases: the launcher's databases of the tests' cluster
    :param template: which to clone
    :param name: the clone's name
    :param workers: 0 for one process with threads, else processes
    """

    def __init__(self, system, databases, template, name, workers=0, options=()):
        self.system = system
        self.databases = databases
        self.template = template
        self.db = name
        self.workers = workers
        self.options = list(options)
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        cluster = databases.cluster
        self.env = system.environment(cluster)
        self.dsn = (
            f"host={self.env['PGHOST']} port={self.env['PGPORT']}"
            f" user={self.env['PGUSER']} dbname={name}"
        )
        self.conf = Conf(system, cluster).write(name, port=self.port)
        self.data_dir = databases.conf.data_dir
        self.log = system.home.log(f"live-{name}")
        self.pid_file = PidFile(system.home.pid_file(f"live-{name}"))
        self._process = None

    @property
    def pid(self):
        """The server's process; with workers, their parent."""
        return self._process.pid

    def make(self):
        """Clone the database and start the server."""
        self.databases.clone(self.template, self.db)
        self.log.unlink(missing_ok=True)
        self.start()

    def start(self):
        """Start the server on the database as it is, and wait for its answer."""
        command = self.system.odoo_command(
            *("-c", self.conf, "--workers", self.workers),
            *("--gevent-port", free_port(), *self.options),
        )
        with open(self.log, "a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.env,
                start_new_session=True,
            )
        self.pid_file.write(self._process.pid)
        deadline = time.monotonic() + PATIENCE
        while not Server.answers(self.port):
            ended = self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                self.stop()
                raise AssertionError(f"no answer; see {self.log}")
            time.sleep(0.2)

    def stop(self):
        """End the server; the database stays."""
        self.pid_file.end()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=20)

    def remove(self):
        """End the server and drop the database."""
        self.stop()
        self.databases.drop(self.db)

    def rpc(self, login, password=PASSWORD):
        """Log in as somebody over JSON-RPC."""
        return Rpc(self.base_url, self.db, login, password)
