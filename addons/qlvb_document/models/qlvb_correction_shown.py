from odoo import api, fields, models
from odoo.tools import format_date

from .qlvb_document_type import URGENCIES


class QlvbCorrectionShown(models.AbstractModel):
    """What a request shows: the document as it stands, what changes, what came of it.

    Whoever decides need not see the document.  Its values stand on the request
    itself, and lead nowhere else.
    """

    _name = "qlvb.correction.shown"
    _description = "Correction on a Desk"

    has_sight = fields.Boolean(
        compute="_compute_document", export_string_translation=False
    )
    document_name = fields.Char("Document", compute="_compute_document")
    document_type = fields.Char("Kind", compute="_compute_document")
    document_issuer = fields.Char("Issuer", compute="_compute_document")
    document_summary = fields.Text("Summary", compute="_compute_document")
    document_date = fields.Date("Date of document", compute="_compute_document")
    document_received_date = fields.Date("Date of arrival", compute="_compute_document")
    document_urgency = fields.Selection(
        URGENCIES, "Urgency", compute="_compute_document"
    )
    document_direction = fields.Char(
        compute="_compute_document", export_string_translation=False
    )
    changes_text = fields.Text("Changes asked for", compute="_compute_changes_text")
    report = fields.Text(compute="_compute_report")

    @api.depends("document_id", "state")
    @api.depends_context("uid", "lang")
    def _compute_document(self):
        seen = self.document_id._filtered_access("read")
        for correction in self:
            # Superuser: what is to be decided on is shown to who decides.
            document = correction.sudo().document_id
            correction.has_sight = correction.document_id in seen
            correction.document_name = document.display_name
            correction.document_type = document.type_id.name
            correction.document_issuer = document.issuer
            correction.document_summary = document.summary
            correction.document_date = document.document_date
            correction.document_received_date = document.received_date
            correction.document_urgency = document.urgency
            correction.document_direction = document.direction

    @api.depends("kind", "ground", "line_ids.new_text", "line_ids.old_text")
    @api.depends_context("lang")
    def _compute_changes_text(self):
        grounds = dict(self._fields["ground"]._description_selection(self.env))
        for correction in self:
            if correction.kind == "purge":
                correction.changes_text = self.env._(
                    "Erase all contents: %(ground)s",
                    ground=grounds.get(correction.ground, ""),
                )
                continue
            lines = [
                f"{line._label()}: {line.old_text or '–'} → {line.new_text or '–'}"
                for line in correction.line_ids
            ]
            correction.changes_text = "\n".join(lines)

    def _changed_labels(self):
        """Return what was changed, by its labels."""
        return [line._label() for line in self.line_ids]

    @api.depends("effects")
    @api.depends_context("lang")
    def _compute_report(self):
        """Say what was done, and what nothing can take back."""
        for correction in self:
            effects = correction.effects or {}
            parts = []
            if "files" in effects:
                parts.append(
                    self.env._(
                        "Erased: subject, issuer, symbol, %(files)s files, "
                        "%(messages)s messages, all that was written on the work.",
                        files=effects["files"],
                        messages=effects["messages"],
                    )
                )
                if effects["shared"]:
                    parts.append(
                        self.env._(
                            "%(count)s of the files hang on other documents as well "
                            "and are still stored there.",
                            count=effects["shared"],
                        )
                    )
                if effects.get("outside"):
                    parts.append(
                        self.env._(
                            "It was sent to %(count)s outside bodies: ask them to "
                            "send it back and to erase it.",
                            count=effects["outside"],
                        )
                    )
                parts.append(
                    self.env._(
                        "Backups made before and papers already printed still hold "
                        "the contents: the Office sees to them. The journal keeps "
                        "number and symbol."
                    )
                )
            parts += correction._report_pages(effects.get("pages") or ())
            correction.report = "\n".join(parts)

    def _report_pages(self, ids):
        """Return what is to be done with closed pages, which nothing rewrites."""
        # Superuser: which pages they are is told to who reads the request.
        return [
            self.env._(
                "Stands on closed pages of %(register)s (%(pages)s, closed on "
                "%(day)s), which are not rewritten: note it there by hand.",
                register=page.register_id.display_name,
                pages=page.display_name,
                day=format_date(self.env, page.closed_at),
            )
            for page in self.env["qlvb.register.page"].sudo().browse(ids).exists()
        ]

    def _page_note(self):
        """Return what a closed page is marked with: the number, and what of it."""
        number = self.document_id._number_name()
        if self.kind == "purge":
            return self.env._("No. %(number)s: contents erased", number=number)
        return self.env._(
            "No. %(number)s: %(fields)s",
            number=number,
            fields=", ".join(dict.fromkeys(self._changed_labels())),
        )

    def action_open_document(self):
        """Open the document itself (its own rules decide)."""
        self.ensure_one()
        document = self.document_id
        document.check_access("read")
        form = "view_form_out" if document.direction == "out" else "view_form"
        data = self.env["ir.model.data"]
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "views": [
                (data._xmlid_to_res_id(f"qlvb_document.qlvb_document_{form}"), "form")
            ],
        }
