from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.qlvb_base.lib import clock


class QlvbDocumentNumber(models.AbstractModel):
    """The number of an outgoing document: reserved, inserted, void (Article 15).

    A document that is withdrawn after it was numbered and before it was sent keeps
    its number, void, and stays readable.  Number and symbol are unique among what a
    unit issues in a year, on paper and electronically together.
    """

    _name = "qlvb.document.number"
    _description = "Number of an Outgoing Document"

    number_suffix = fields.Char(
        "Behind the number", readonly=True, copy=False, help="Inserted: 15a"
    )
    void_reason = fields.Text("Why void", readonly=True, copy=False)
    voided_at = fields.Datetime("Void since", readonly=True, copy=False)
    voided_by_id = fields.Many2one(
        "res.users", "Made void by", readonly=True, copy=False
    )

    _reference_uniq = models.UniqueIndex(
        "(unit_id, (EXTRACT(year FROM document_date)), reference)"
        " WHERE direction = 'out' AND number > 0",
        "This number and symbol was issued in the year already, so no number was "
        "given. Look for the other document by its number and symbol; if its number "
        "is right, reserve the next number, make it void with this reason and issue "
        "once more.",
    )

    def _actor_voids(self):
        """Return the caller as clerk or head of the issuing unit, or ``None``."""
        if self.direction != "out":
            return None
        return self.unit_id._actor_holding("clerk", "head")

    def action_void(self, reason):
        """Make the number void of a document that is withdrawn before dispatch.

        The number is never given again; document and number stay in the book, with
        the reason.

        :param reason: who withdrew it and why
        :return: ``True``
        :raises AccessError: the caller is neither clerk nor head of the issuing unit
        :raises UserError: no reason, not issued, dispatched, or the register closed
        """
        reason = self._clean_argument(self.env._("Reason"), reason, limit=500)
        for document in self:
            actor = document._gate("void")
            document._make_number_void(actor, reason)
            document._transit(
                "void",
                {
                    "void_reason": reason,
                    "voided_at": clock.now(),
                    "voided_by_id": actor.user.id,
                },
            )
            self.env["qlvb.journal"]._log(
                "number_void",
                document,
                unit=actor.unit,
                data={"numbers": [document.number_text]},
            )
        return True

    def _make_number_void(self, actor, reason):
        """Explain in the register why the number counts no more."""
        register = self.sudo().register_id
        # The year is closed before this or after it, and never without it.
        register._hold()
        entries = self.env["qlvb.register.entry"]
        entry = entries.sudo().search(
            [
                ("register_id", "=", register.id),
                ("number", "=", self.number),
                ("suffix", "=", self.number_suffix),
            ]
        )
        if entry:
            entry._make_void(actor.user, reason)
            return
        entries._enter(
            register,
            "void",
            actor,
            [(self.number, self.number_suffix)],
            reason,
            state="void",
            void_reason=reason,
            voided_at=clock.now(),
            voided_by_id=actor.user.id,
        )

    def _unmet_void(self, actor):
        """Return what stands against making the number void."""
        register = self.register_id
        return [register._explain_closed()] if register.closed_at else []

    @api.model
    def _read_entry(self, entry_id):
        """Return the reserved or inserted number that a clerk chose, if any.

        :raises UserError: there is none of that id for the caller
        """
        entries = self.env["qlvb.register.entry"]
        if not entry_id:
            return entries
        known = type(entry_id) is int and entries.search([("id", "=", entry_id)])
        if not known:
            raise UserError(
                self.env._("Choose a reserved or inserted number from the list.")
            )
        return known

    # -- what the book shows --------------------------------------------------

    def _recipients_in_book(self):
        """Return the names of the recipients, as the book's fifth column lists them."""
        self.ensure_one()
        took_back = {"recalled": "đã thu hồi", "refused": "trả lại"}
        return [
            f"{row.recipient_text} ({took_back[row.state]})"
            if row.state in took_back
            else row.recipient_text
            for row in self.dispatch_ids.sorted("id")
        ]

    def _sent_columns(self):
        """Return when the document was first sent, and who signed for it, in the book.

        On paper they sign there; what was registered on screen is signed for there.

        :return: a day or ``None``, and a text
        """
        self.ensure_one()
        moments = [row.sent_at for row in self.dispatch_ids if row.sent_at]
        if not moments:
            return None, ""
        units = self.dispatch_ids.filtered("unit_id")
        signed = units.filtered(lambda row: row.state == "received")
        words = f"Qua mạng {len(signed)}/{len(units)}" if units else ""
        return clock.to_local(min(moments)).date(), words
