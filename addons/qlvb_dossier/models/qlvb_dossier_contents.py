from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.qlvb_base.lib import clock

from ..lib.pdf_pages import count_pages
from .qlvb_dossier_document import ATTACHED

WORKED_ON = frozenset(
    {"document_ids", "line_ids", "material_ids", "opinion_ids", "task_ids"}
)
"""What others than its openers change of a dossier, each at a door of its own."""

_IN_STATES = ("registered", "assigned", "done")
_OUT_STATES = ("review", "signing", "signed", "issued", "dispatched")
_MOST_NAMES = 8
"""Names of documents in one row of the journal, which takes but little."""


class QlvbDossierContents(models.AbstractModel):
    """What is in a dossier: documents, materials, opinions, tasks (Articles 4, 6).

    Documents are put in without copying, by whoever works on it; each of the
    others is kept by its own model, which asks the dossier's gate as well.
    """

    _name = "qlvb.dossier.contents"
    _description = "Contents of a Dossier"

    line_ids = fields.One2many(
        "qlvb.dossier.document", "dossier_id", "List of documents"
    )
    document_ids = fields.Many2many(
        "qlvb.document",
        string="Documents",
        compute="_compute_document_ids",
        inverse="_inverse_document_ids",
        search="_search_document_ids",
    )
    material_ids = fields.One2many("qlvb.material", "dossier_id", "Materials")
    opinion_ids = fields.One2many("qlvb.opinion", "dossier_id", "Opinions")
    task_ids = fields.One2many("qlvb.dossier.task", "dossier_id", "Tasks")

    @api.depends("line_ids.document_id")
    @api.depends_context("uid")
    def _compute_document_ids(self):
        for dossier in self:
            dossier.document_ids = dossier.line_ids.document_id

    def _inverse_document_ids(self):
        """Put in and take out what the caller changed, through the gate."""
        for dossier in self:
            there = dossier.line_ids.document_id
            if fresh := dossier.document_ids - there:
                dossier.action_attach(fresh.ids)
            if gone := there - dossier.document_ids:
                dossier.action_detach(gone.ids)

    def _search_document_ids(self, operator, value):
        return [("line_ids.document_id", operator, value)]

    # -- documents ------------------------------------------------------------

    def action_attach(self, document_ids):
        """Put documents into the dossier, without copying (Art. 4.1, 6.2).

        From then on whoever sees the dossier sees them.  What is in it already
        stays as it is.

        :param document_ids: ids of documents that the caller sees
        :raises AccessError: the caller does not work on the dossier, or one of the
            documents does not exist or is not in the caller's sight
        :raises UserError: it is closed, or naming what is no document to work with
        """
        self._require_one()
        actor = self._gate("attach")
        ids = self._read_ids(document_ids)
        documents = self.env["qlvb.document"]
        if set(ids) - documents._seen_ids(ids):
            # In the same words, whether it is hidden or not there at all.
            raise AccessError(
                self.env._(
                    "A document does not exist, or you have no access to it. Choose "
                    "documents from the list."
                )
            )
        fresh = documents.browse(ids) - self.sudo().line_ids.document_id
        if problems := self._unmet_attach(fresh.sudo()):
            raise UserError("\n".join(problems))
        self._add_lines(fresh, actor)
        if fresh:
            names = fresh.mapped("display_name")[:_MOST_NAMES]
            self._log("attached", actor, documents=names, rows=len(fresh))
        return True

    def _add_lines(self, documents, actor):
        """Add documents at the end of the list."""
        last = max(self.sudo().line_ids.mapped("sequence"), default=0)
        # Superuser: past the gate; nobody writes by hand who put it in.
        lines = self.env["qlvb.dossier.document"].sudo()
        lines.with_context(qlvb_attached=ATTACHED).create(
            [
                {
                    "dossier_id": self.id,
                    "document_id": document.id,
                    "sequence": last + number,
                    "pages": count_pages(document.sudo()._main_file().raw or b""),
                    "added_by_id": actor.user.id,
                    "added_at": clock.now(),
                }
                for number, document in enumerate(documents, 1)
            ]
        )

    def _unmet_attach(self, documents):
        """Return why some of the documents are none to work with."""
        return [
            self.env._(
                "%(document)s is not registered, or was refused, recalled or dropped: "
                "it does not go into a dossier.",
                document=document.display_name,
            )
            for document in documents
            if document.recalled_at
            or document.state
            not in (_IN_STATES if document.direction == "in" else _OUT_STATES)
        ]

    def action_detach(self, document_ids):
        """Take documents out of the dossier; the documents themselves stay.

        Who saw them through the dossier alone sees them no more.

        :raises AccessError: the caller neither put them in nor opened the dossier
        :raises UserError: the dossier is closed, or it is its origin or its result
        """
        self._require_one()
        actor = self._gate("attach")
        gone = set(self._read_ids(document_ids))
        lines = self.sudo().line_ids.filtered(lambda line: line.document_id.id in gone)
        if self._actor_opener() is None and lines.added_by_id - actor.user:
            raise AccessError(
                self.env._("Somebody else put it in; they or the opener take it out.")
            )
        if self.sudo().origin_document_id in lines.document_id:
            raise UserError(
                self.env._("The dossier was opened on this document: it stays.")
            )
        if self.sudo().result_document_id in lines.document_id:
            raise UserError(
                self.env._("This document is the dossier's result: it stays.")
            )
        if lines:
            names = lines.document_id.mapped("display_name")[:_MOST_NAMES]
            self._log("detached", actor, documents=names, rows=len(lines))
            lines.with_context(qlvb_attached=ATTACHED).unlink()
        return True

    @api.model
    def _read_ids(self, raw):
        """Read untrusted ids.

        :raises UserError: it is no list of ids
        """
        ids = raw if isinstance(raw, list | tuple) else [raw]
        if any(type(number) is not int or number <= 0 for number in ids):
            raise UserError(self.env._("Choose documents from the list."))
        return list(dict.fromkeys(ids))

    # -- what is said is answered ---------------------------------------------

    def _decide(self, actor, kind, text):
        """Decide on the dossier; no opinion on which it was done changes any more."""
        self._fix_opinions()
        return super()._decide(actor, kind, text)

    def _fix_opinions(self, but=None):
        """Fix the opinions that others have answered by now.

        :param but: whose own opinions stay open: they answered all the others
        """
        # Superuser: that somebody answered fixes them, whoever sees what.
        opinions = self.sudo().opinion_ids.filtered(
            lambda opinion: not opinion.is_fixed and opinion.author_id != but
        )
        opinions._fix()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_filled(self):
        for dossier in self.sudo():
            if dossier.opinion_ids or dossier.material_ids:
                raise UserError(
                    self.env._(
                        "There are opinions or materials in the dossier, which are "
                        "never deleted. Complete and close it instead."
                    )
                )
