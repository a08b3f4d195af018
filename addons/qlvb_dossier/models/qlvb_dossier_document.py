from odoo import api, fields, models
from odoo.exceptions import AccessError

ATTACHED = object()
"""Proof that a line comes or goes by the dossier's acts: no RPC carries it."""

_LISTED = "qlvb.listed"
_TOLD = frozenset({"sequence", "note", "pages"})
"""What whoever works on the dossier changes of a line."""


class QlvbDossierDocument(models.Model):
    """A document in a dossier: one line of its list of documents (mục lục văn bản).

    One document may stand in many dossiers; it is never copied.  Put in and taken
    out by ``qlvb.dossier.action_attach`` and ``action_detach`` alone, also where a
    line is made or deleted on the screen; put in order and noted upon by whoever
    works on the dossier.
    """

    _name = "qlvb.dossier.document"
    _description = "Document in a Dossier"
    _inherit = ["qlvb.dossier.part.mixin", "qlvb.input.mixin"]
    _order = "sequence, id"
    _text_limits = {"note": 500}

    # Named by whoever puts a document in, not by the system.
    dossier_id = fields.Many2one(readonly=False)
    sequence = fields.Integer("Order", default=1000, aggregator=None)
    document_id = fields.Many2one(
        "qlvb.document", required=True, index=True, ondelete="cascade"
    )
    document_summary = fields.Text(related="document_id.summary", related_sudo=False)
    document_issuer = fields.Char(related="document_id.issuer", related_sudo=False)
    document_date = fields.Date(related="document_id.document_date", related_sudo=False)
    pages = fields.Integer(
        aggregator=None, help="Taken from the PDF where there is one"
    )
    note = fields.Char()
    added_by_id = fields.Many2one("res.users", "Put in by", readonly=True)
    added_at = fields.Datetime("Put in at", readonly=True)

    _once = models.Constraint(
        "UNIQUE (dossier_id, document_id)", "The document is in the dossier already."
    )
    _pages_counted = models.Constraint(
        "CHECK (pages BETWEEN 0 AND 100000)", "Enter the number of pages."
    )

    @api.depends("document_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.document_id.display_name

    @api.model_create_multi
    def create(self, vals_list):
        """Put documents into their dossiers; see ``qlvb.dossier.action_attach``."""
        if self.env.context.get("qlvb_attached") is ATTACHED:
            return super().create(vals_list)
        lines = self.browse()
        for vals in vals_list:
            dossier = self._read_dossier(vals)
            number = self._read_id(vals.get("document_id"))
            told = {name: vals[name] for name in _TOLD & vals.keys() if vals[name]}
            # Judged before anything is put in.
            told = self._checked_values(told)
            dossier.action_attach([number])
            line = dossier.line_ids.filtered(
                lambda one: one.document_id.id == number  # noqa: B023
            )
            if told:
                line.write(told)
            lines |= line
        return lines

    def write(self, vals):
        """Put lines in order, or note something on them.

        :raises AccessError: the caller does not work on the dossier, or changes
            what is not theirs
        :raises UserError: the dossier is closed
        """
        if vals.keys() - _TOLD:
            raise AccessError(
                self.env._(
                    "A document is put into a dossier and taken out of it; its line "
                    "holds order, pages and note alone."
                )
            )
        for dossier in self.dossier_id:
            actor = dossier._gate("attach")
            if self._first_change(dossier, vals):
                dossier._log("listed", actor, fields=sorted(vals))
        return super().write(vals)

    def _first_change(self, dossier, vals):
        """Tell whether this is the first such change of a list in the request.

        Lines that are moved are written one by one; that is one change of order.
        """
        cr = self.env.cr
        if _LISTED not in cr.cache:
            cr.cache[_LISTED] = set()
            cr.prerollback.add(lambda: cr.cache.pop(_LISTED, None))
        seen = cr.cache[_LISTED]
        key = (self.env.uid, dossier.id, tuple(sorted(vals)))
        if key in seen:
            return False
        seen.add(key)
        return True

    def unlink(self):
        """Take the documents out; see ``qlvb.dossier.action_detach``."""
        if self.env.context.get("qlvb_attached") is ATTACHED:
            return super().unlink()
        for dossier in self.dossier_id:
            lines = self.filtered(lambda line: line.dossier_id == dossier)  # noqa: B023
            dossier.action_detach(lines.document_id.ids)
        return True
