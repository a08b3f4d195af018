from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.qlvb_base.lib import clock

from ..lib.days import read_day


class QlvbDocumentDirect(models.AbstractModel):
    """The leader's direction on a document, given here or recorded from paper (5.2).

    The act ``direct`` stands in the table of ``qlvb.document.incoming``; what was
    directed is ``qlvb.direction``.
    """

    _name = "qlvb.document.direct"
    _description = "Document that is Directed"

    # -- who ------------------------------------------------------------------

    def _actor_direct(self):
        """Return the leader who directs, or the clerk or Chief who records it.

        Leaders are the unit's head in person and, in their fields, the deputies of
        a committee (Article 5.2).  A delegate is none: directing is not among the
        powers of Article 5.3.
        """
        return self._actor_leader() or self.unit_id._actor_holding(
            "chief_of_office", "clerk"
        )

    def _actor_leader(self):
        """Return the caller as a leader who directs this document, or ``None``."""
        return self.unit_id._actor_holding("head") or self._actor_vice()

    def _actor_vice(self):
        """Return the caller as the vice chairman in whose field the document lies."""
        unit = self.unit_id
        if unit.sudo().kind != "committee" or not self.sudo().field_id:
            return None
        actor = unit._actor_holding("deputy")
        if actor:
            posts = self.env["qlvb.position"]._current(actor.user, unit, ("deputy",))
            if self.sudo().field_id in posts.field_ids:
                return actor
        return None

    # -- the act --------------------------------------------------------------

    def action_direct(self, text, author_id=None, scan=None, written_on=None):
        """Write down the leader's direction on the document (Art. 5.2).

        A clerk or the Chief of Office records what a leader wrote on paper; both
        names are kept.

        :param text: the direction
        :param author_id: which leader wrote it on paper; the unit's head where not
            given, and never for a leader, who directs in their own name
        :param scan: what the leader wrote, as base64 of a PDF, PNG or JPEG file;
            kept with the document and never changed
        :param written_on: the day on the paper, a date or ``YYYY-MM-DD``
        :raises AccessError: the caller neither leads nor records here
        :raises UserError: no text, no such leader, a scan or day that cannot be, or
            the document is not registered or finished
        """
        text = self._clean_argument(self.env._("Direction"), text)
        directions = self.env["qlvb.direction"]
        file = directions._read_scan(scan)
        for document in self:
            actor = document._gate("direct")
            leads = bool(document._actor_leader())
            author = actor.user if leads else document._author_on_paper(author_id)
            day = document._day_on_paper(written_on)
            if leads and (file or day):
                raise UserError(
                    self.env._(
                        "You direct in your own name: leave out scan and day, which "
                        "belong to what somebody else records from paper."
                    )
                )
            directions.sudo().create(
                {
                    "document_id": document.id,
                    "author_id": author.id,
                    "recorded_by_id": False if leads else actor.user.id,
                    "scan_id": directions._keep_scan(file, document).id,
                    "written_on": day,
                    "date": clock.now(),
                    "text": text,
                }
            )
            self.env["qlvb.journal"]._log(
                "directed" if leads else "direction_recorded",
                document,
                unit=actor.unit,
                data=None if leads else {"author": author.name},
            )
        return True

    def _leaders(self):
        """Return the leaders whose word on paper may be recorded: head, deputies."""
        roles = ("head", "deputy") if self.unit_id.kind == "committee" else ("head",)
        return self.env["qlvb.position"]._current(None, self.unit_id, roles).user_id

    def _day_on_paper(self, raw):
        """Return the day that stands on the paper, ``False`` where none was given.

        :raises UserError: no day, one to come, or one before the document's own
        """
        if not raw:
            return False
        day = read_day(raw)
        if not day:
            raise UserError(
                self.env._("The day on the paper is not a date. Enter a day.")
            )
        if day > clock.today():
            raise UserError(
                self.env._("The day on the paper lies in the future. Check it.")
            )
        if day < self.document_date:
            raise UserError(
                self.env._(
                    "The document is dated %(date)s: nobody wrote on it before. Check "
                    "the day on the paper.",
                    date=format_date(self.env, self.document_date),
                )
            )
        return day

    def _author_on_paper(self, author_id):
        """Return the leader who wrote a direction on paper.

        :raises UserError: there is no head, or the person is no leader here
        """
        author = self.unit_id.sudo().head_id
        if author_id:
            author = self._leaders().filtered(lambda user: user.id == author_id)
            if not author:
                raise UserError(
                    self.env._(
                        "Only what a leader of %(unit)s wrote is a direction here.",
                        unit=self.unit_id.name,
                    )
                )
        if not author:
            raise UserError(
                self.env._("%(unit)s has no head at present.", unit=self.unit_id.name)
            )
        return author
