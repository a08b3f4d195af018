"""Replays the work of Hiệp Hòa: every act as its person, at its moment, committed.

Killed at any point it goes on where it stopped: each act moves the row of
:mod:`.progress` on in its own transaction. Only registering commits apart from it, and
registering twice gives one number.
"""

import hashlib
import logging
from contextlib import contextmanager
from datetime import datetime

import psycopg2.errors

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.sql_db import BaseCursor

from odoo.addons.qlvb_base.lib import clock

from . import progress
from .catalogue import load
from .hand import Hand
from .naming import account
from .plan import plan, plan_authority, plan_dossiers

_logger = logging.getLogger(__name__)

TRIES = 5
CONFLICTS = (
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.DeadlockDetected,
    psycopg2.errors.LockNotAvailable,
)


class Replay:
    """One run over a database.

    :param registry: of the database
    :param should_stop: called between two acts; true ends the run in good order
    """

    def __init__(self, registry, should_stop=lambda: False):
        self.registry = registry
        self.should_stop = should_stop
        self.facts = {}
        self.acts = []

    def run(self):
        """Do what is left to do.

        :return: whether everything is done
        :raises RuntimeError: when the plan changed since the replay began
        """
        try:
            self._prepare()
            with _transactions_on_office_clock():
                for act in self.acts[self.facts["done"] :]:
                    if self.should_stop():
                        return False
                    self._perform(act)
            self._finish()
        except Exception:
            with self.registry.cursor() as cr:
                progress.write(cr, {**progress.read(cr), "state": "failed"})
            raise
        return True

    def _prepare(self):
        """Read how far it came and plan the same acts again.

        Papers first, then dossiers, then authority: each has a plan of its own. The
        moment of the first start is kept, because the running year's slice counts
        back from it.
        """
        with self.registry.cursor() as cr:
            facts = progress.read(cr)
            moment = facts.get("base") or clock.to_local(clock.now()).isoformat()
            now = datetime.fromisoformat(moment).replace(tzinfo=None)
            catalogue = load(now)
            papers = plan(catalogue, now)
            dossiers = plan_dossiers(catalogue, papers, now)
            authority = plan_authority(catalogue, papers + dossiers, now)
            self.acts = papers + dossiers + authority
            digests = {
                "plan": _digest(papers),
                "plan_dossiers": _digest(dossiers),
                "plan_authority": _digest(authority),
            }
            # Begun before there was a chapter, it knows no plan of it and goes on.
            if any(facts.get(name, new) != new for name, new in digests.items()):
                raise RuntimeError(
                    "The demonstration's papers changed since this database's replay "
                    "began. Make a new database."
                )
            self.facts = {
                "skipped": 0,
                "done": 0,
                **facts,
                "state": "running",
                "total": len(self.acts),
                "base": moment,
                **digests,
            }
            progress.write(cr, self.facts)

    def _perform(self, act):
        """Do one act and move on, whether the gate let it pass or not."""
        before = dict(self.facts)
        for attempt in range(1, TRIES + 1):
            self.facts = {**before, "done": before["done"] + 1}
            try:
                self._attempt(act, act.actor)
                return
            except CONFLICTS:
                # Somebody works in the running server at the same time.
                if attempt == TRIES:
                    raise
            except UserError as error:
                if not act.instead or not self._attempt_instead(act):
                    self._skip(act, error)
                return

    def _attempt(self, act, login):
        with self.registry.cursor() as cr, _at(act.when):
            Hand(self._env(cr, login)).do(act)
            progress.write(cr, self.facts)
            # Committed under the clock of the act: deferred writes bear its date.
            cr.commit()  # pylint: disable=invalid-commit
        self.registry.signal_changes()

    def _attempt_instead(self, act):
        """Let the head act: the running server has already ended the delegation."""
        try:
            self._attempt(act, act.instead)
        except UserError:
            return False
        return True

    def _skip(self, act, error):
        """Go on without an act: a live user was faster than the story."""
        key = getattr(act.entry, "key", "")
        _logger.warning("%s %s by %s skipped: %s", key, act.verb, act.actor, error)
        self.facts["skipped"] += 1
        with self.registry.cursor() as cr:
            progress.write(cr, self.facts)

    def _finish(self):
        with self.registry.cursor() as cr:
            self._env(cr, "")["qlvb.delegation"]._cron_end()
            progress.write(cr, {**self.facts, "state": "done"})
        self.registry.signal_changes()

    def _env(self, cr, login):
        """Return the environment of a person; the system's where none is named."""
        env = api.Environment(cr, SUPERUSER_ID, {})
        if not login:
            return env
        user = account(env, login)
        return api.Environment(cr, user.id, dict(user.context_get()))


def _digest(acts):
    """Return what tells a plan from any other."""
    return hashlib.sha256(repr(acts).encode()).hexdigest()


def _at(when):
    return clock.frozen(clock.to_utc(when))


@contextmanager
def _transactions_on_office_clock():
    """Let ``create_date`` and ``write_date`` follow the clock, in this process alone.

    Odoo takes them from the database's transaction; a paper of 2014 would otherwise
    seem to be made today.
    """
    kept = BaseCursor.now
    BaseCursor.now = lambda self: clock.now()
    try:
        yield
    finally:
        BaseCursor.now = kept
