from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.symbols import compose_reference

from ..lib.days import read_day


class QlvbDocumentIssue(models.AbstractModel):
    """The number of what leaves, given in the register and at that moment alone.

    By the clerk of the issuing unit, once the form is checked (Article 7.3); the act
    ``issue`` stands in the table of ``qlvb.document.workflow``.
    """

    _name = "qlvb.document.issue"
    _description = "Document that is Issued"

    def action_issue(self, day=None, entry_id=None):
        """Give the document its number in the outgoing register (Art. 7.3).

        Each document is numbered in a transaction of its own, committed before this
        returns; on a document already issued nothing happens and it keeps its number.

        :param day: the date of the document, a date or ``YYYY-MM-DD``; by default
            what the draft says, else today in Hà Nội
        :param entry_id: a reserved or inserted number (``qlvb.register.entry``) that
            the document bears instead of the next one
        :return: ``True``
        :raises AccessError: the caller is no clerk of the issuing unit
        :raises UserError: naming every condition that is not met
        """
        day = self._read_issue_day(day)
        for document in self:
            with self.env["qlvb.register"]._fresh_transaction() as env:
                document.with_env(env)._action_issue(day, entry_id)
        return True

    def _action_issue(self, day=None, entry_id=None):
        """Issue inside a fresh transaction; the counter comes last."""
        self.check_access("read")
        self._lock_row()
        if self.number and self._actor_issues():
            # A second click, or a call repeated after others have gone on with it.
            return
        day = day or self.sudo().document_date or clock.today()
        actor = self._gate("issue", day=day, reserved=bool(entry_id))
        kind = self.sudo().type_id
        register = (
            self.env["qlvb.register"]
            .sudo()
            ._find_or_open(
                self.unit_id,
                "out",
                day.year,
                self.env["qlvb.series"]._group_of(self.unit_id, kind, day.year),
            )
        )
        values = {
            "register_id": register.id,
            "registered_at": clock.now(),
            "registered_by_id": actor.user.id,
            "document_date": day,
            **self._from_now(),
        }
        entry = self._read_entry(entry_id)
        plan = self._plan_final()
        self._hold_origin()
        self.env.flush_all()
        if entry:
            number = register._take_reserved(entry, day)
        else:
            number = register._take_number(day)
        values["number"], values["number_suffix"] = number, entry.suffix
        values["reference"] = self._compose_reference(number, day, entry.suffix or "")
        self._make_final(plan, values["reference"], day, actor)
        self._transit("issue", values)
        self.env["qlvb.journal"]._log(
            "issued",
            self,
            unit=actor.unit,
            data={"register": register.id, "number": number},
        )
        self._finish_origin(actor)

    def _compose_reference(self, number, day, suffix=""):
        """Return number and symbol as they stand on the document (NĐ 30, I.II.3)."""
        document = self.sudo()
        kind = document.type_id
        return compose_reference(
            number,
            document.unit_id.symbol,
            kind.code or "",
            document._letter_symbol(),
            day.year if kind.is_legislative else None,
            suffix,
        )

    @api.model
    def _read_issue_day(self, day):
        """Return the date that a clerk gave for a document, ``None`` for none.

        :raises UserError: it is no date
        """
        if not day:
            return None
        read = read_day(day)
        if not read:
            raise UserError(self.env._("The date of the document is not a date."))
        return read

    def _unmet_issue(self, actor, day, reserved=False):
        """Return what stands against giving the number."""
        problems = self._missing_symbols() + self._unmet_units() + self._unmet_format()
        if day > clock.today():
            problems.append(
                self.env._(
                    "The date of the document (%(day)s) lies in the future.",
                    day=format_date(self.env, day),
                )
            )
        signed = self.signed_at and clock.to_local(self.signed_at).date()
        # The day that the signer read on the draft stands, and a number kept for one.
        first = min(signed, self.document_date or signed) if signed else day
        if day < first and not reserved:
            problems.append(
                self.env._(
                    "It was signed on %(signed)s and cannot be dated %(day)s, which "
                    "is before that. Enter the day of the signature or a later one.",
                    signed=format_date(self.env, signed),
                    day=format_date(self.env, day),
                )
            )
        return problems
