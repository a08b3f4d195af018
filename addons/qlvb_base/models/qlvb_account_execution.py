import logging
from datetime import datetime, time

from psycopg2 import IntegrityError, OperationalError

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError

from ..lib import clock

_logger = logging.getLogger(__name__)


class QlvbAccountRequest(models.Model):
    """The conditions of a request as a whole, and its execution by the system."""

    _inherit = "qlvb.account.request"

    @api.model
    def _today(self):
        return clock.today()

    # -- what stands against it -----------------------------------------------

    def _unmet_lines(self):
        """Return what stands against the lines, and against all of them together."""
        if not self.line_ids:
            return [self.env._("Add the person whom it concerns.")]
        day = self._effective_day()
        problems = []
        for line in self.line_ids:
            problems += [
                f"{line.person_name or self.env._('(no name)')}: {problem}"
                for problem in line._problems(day)
            ]
        return problems + self._unmet_house()

    def _unmet_house(self):
        """Return that the house would be left without chairman, or without Office."""
        current = self.env["qlvb.position"]._current()
        leaving = self.line_ids.mapped(lambda line: line._posts_left())
        staying = (current - leaving).filtered(lambda post: post.user_id.active)
        given = [
            self.env["qlvb.position"].new({"unit_id": line.unit_id, "role": line.role})
            for line in self.line_ids
            if line._gives_post() and line.unit_id and line.role
        ]
        posts = [*staying, *given]
        problems = []
        if not any(post._is_chair() for post in posts):
            problems.append(
                self.env._(
                    "Nobody would hold the chair any more. Name the successor first, "
                    "who takes over."
                )
            )
        if not any(post._is_of_managing_office() for post in posts):
            problems.append(
                self.env._(
                    "Nobody would manage the system for the Office any more, and no "
                    "request could be prepared. Name the successor first."
                )
            )
        return problems

    # -- the system carries it out --------------------------------------------

    def _wake_on_the_day(self):
        """Have the request carried out at the first minute of its day."""
        moment = clock.to_utc(datetime.combine(self.sudo().effective_date, time.min))
        # Superuser: whoever may approve sets the clock for it.
        self.env.ref("qlvb_base.ir_cron_qlvb_account_requests").sudo()._trigger(moment)

    @api.model
    def _cron_carry_out(self):
        """Carry out what is approved and due, and try again what failed."""
        due = self.sudo().search(
            [("state", "=", "approved"), ("effective_date", "<=", clock.today())],
            order="effective_date, id",
        )
        for request in due:
            try:
                request._try_to_carry_out()
            except OperationalError:
                # Busy or interrupted: the whole round is tried again.
                raise
            except Exception as error:
                # One that fails for a fault of the program keeps no other waiting.
                _logger.exception("Account request %s was not carried out", request.id)
                request._note_failure(
                    self.env._(
                        "A fault in the system (%(error)s). The technical "
                        "administrator finds it in the log.",
                        error=type(error).__name__,
                    )
                )

    def _try_to_carry_out(self):
        """Carry an approved request out whole, or not at all, and tell the Office.

        :return: what stood against it, or ``None``
        """
        self.ensure_one()
        # As the system: it executes, the chairman decided (Article 9.4).
        request = self.with_user(SUPERUSER_ID)
        request._lock_row()
        if request.state != "approved":
            return None
        try:
            with self.env.cr.savepoint():
                request._through_gate()._carry_out()
        except (UserError, IntegrityError) as error:
            self.env["qlvb.membership"]._forget()
            return request._note_failure(request._explain_failure(error))
        request._tell_office("done")
        return None

    def _carry_out(self):
        """Do what all lines ask for, as superuser and past the gate."""
        problems = self._unmet_lines()
        if problems:
            raise UserError("\n".join(problems))
        day = clock.today()
        # What is left is found before the first post ends.
        left = dict.fromkeys(
            pair for line in self.line_ids for pair in line._units_left()
        )
        leaving = [(line, line._posts_left()) for line in self.line_ids]
        for line in self.line_ids:
            line._hand_accounts_over()
        for line, posts in leaving:
            line._leave(posts, day)
        for line in self.line_ids:
            line._arrive(day)
        self.line_ids._require_house_stands()
        for user, unit in left:
            self.env["qlvb.handover"]._open_for(user, unit, self)
        self.write({"state": "done", "executed_on": day, "failure": False})
        self.env["qlvb.journal"]._log(
            "account_request_done",
            self,
            data={"decision": self.decision_number or ""},
            origin="system",
        )

    def _explain_failure(self, error):
        if isinstance(error, IntegrityError):
            return self.env._(
                "Somebody else got the same login name, or the same unit's account, at "
                "that moment. Take it up again with another one."
            )
        return str(error)

    def _note_failure(self, problem):
        """Keep why it was not carried out; told once, however often it is tried.

        :return: the problem
        """
        self.ensure_one()
        known = self.sudo().failure
        problem = problem[:4000]
        if known != problem:
            self._through_gate().write({"failure": problem})
            self.env["qlvb.journal"]._log(
                "account_request_failed",
                self,
                origin="system",
            )
            self._tell_office("failed")
        return problem
