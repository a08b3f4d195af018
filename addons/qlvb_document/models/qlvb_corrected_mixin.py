from odoo import api, fields, models

from odoo.addons.qlvb_base.lib.symbols import format_number

from ..lib.corrections import TOMBSTONE

_ON_THEIR_WAY = ("review", "signing", "signed")
"""States in which a document that leaves can still be sent back to its drafter."""


class QlvbCorrectedMixin(models.AbstractModel):
    """A registered document that is corrected, and shows it ever after (Article 8.2).

    The requests are ``qlvb.correction``; nothing here changes anything.
    """

    _name = "qlvb.corrected.mixin"
    _description = "Document that is Corrected"

    correction_ids = fields.Many2many(
        "qlvb.correction", string="Corrections", compute="_compute_corrections"
    )
    correction_text = fields.Char(
        compute="_compute_corrections", export_string_translation=False
    )
    is_purged = fields.Boolean(
        compute="_compute_corrections", export_string_translation=False
    )
    can_correct = fields.Boolean(
        compute="_compute_can_correct", export_string_translation=False
    )

    @api.depends("state", "summary")
    @api.depends_context("uid", "lang")
    def _compute_corrections(self):
        """Show the requests, and in one line what became of them."""
        found = self.env["qlvb.correction"].search(
            [("document_id", "in", self.ids), ("state", "!=", "draft")]
        )
        # Superuser: whoever sees the document knows which of it were.
        by_document = found.sudo().grouped("document_id")
        for document in self:
            own = by_document.get(document.sudo()._origin, found.browse())
            document.correction_ids = found & own
            document.is_purged = document._is_purged()
            document.correction_text = document._correction_text(own)

    def _correction_text(self, corrections):
        """Return the band: how often it was corrected, and what still waits."""
        waiting = corrections.filtered(lambda one: one.state == "submitted")
        done = corrections.filtered(
            lambda one: one.state == "done" and one.kind == "correct"
        )
        parts = []
        if done and not self.is_purged:
            parts.append(
                self.env._(
                    "Corrected by decision of the chairman: %(fields)s.",
                    fields=", ".join(dict.fromkeys(done._changed_labels())),
                )
            )
        if waiting:
            parts.append(self.env._("A correction waits for the chairman's decision."))
        return " ".join(parts)

    @api.depends("state", "unit_id")
    @api.depends_context("uid")
    def _compute_can_correct(self):
        for document in self:
            document.can_correct = (
                bool(document._origin)
                and document._unmet_correct() is None
                and document._actor_corrects() is not None
            )

    def _is_purged(self):
        """Tell whether its contents were erased."""
        return (self.summary or "").startswith(TOMBSTONE)

    def _actor_corrects(self):
        """Return the caller as who asks for corrections of this document.

        A clerk or the head of its unit, or the Chief of Office; a delegate's powers
        (Article 5.3) do not go so far.
        """
        unit = self.unit_id
        return unit._actor_holding(
            "clerk", "head", "chief_of_office"
        ) or unit._top()._actor_holding("chief_of_office")

    def _unmet_correct(self, kind=None):
        """Return what stands against correcting it at all, or ``None``.

        :param kind: ``correct`` or ``purge``; not given: whether either can be
        """
        document = self.sudo()
        if document.state == "draft":
            return self.env._("This is a draft: change it there.")
        if document._is_purged():
            return self.env._("The contents of this document were erased by decision.")
        if document.state in _ON_THEIR_WAY:
            return self.env._(
                "The document is on its way up: send it back and change the draft."
            )
        if document.state == "dropped" and kind == "correct":
            return self.env._("The draft was dropped: there is nothing to correct.")
        if document.state == "recalled" and kind == "correct":
            return self.env._("Its sender took the document back: it is only read.")
        return None

    def _check_corrected(self):
        """Hold new values against each other, as those of any entry.

        :raises ValidationError: they cannot stand together
        """
        self._check_dates()

    # -- what else knows of it ------------------------------------------------

    def _bound_pages(self):
        """Return the closed pages on which it stands and that nothing changes."""
        document = self.sudo()
        if not document.number:
            return self.env["qlvb.register.page"].sudo()
        return (
            self.env["qlvb.register.page"]
            .sudo()
            .search(
                [
                    ("register_id", "=", document.register_id.id),
                    ("first_number", "<=", document.number),
                    ("last_number", ">=", document.number),
                ]
            )
        )

    def _known_sender(self):
        """Return under which name and ending of symbols its issuer is known."""
        document = self.sudo()
        return document.issuer, document._symbol().tail

    def _purge_copies(self):
        """Return what others received of this document through the system."""
        # Superuser: the copies are the recipients'.
        return self.sudo().dispatch_ids.copy_id

    def _number_name(self):
        """Return its number in the register, for those who may know no more."""
        return format_number(self.number) if self.number else "–"
