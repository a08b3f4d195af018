from odoo import fields, models

from ..lib.freeze_rows import append_only, kept_file

KINDS = [
    ("docx", "Word file"),
    ("pdf", "PDF of the draft"),
    ("signed", "Signed file"),
    ("final", "Issued file"),
]


class QlvbVersion(models.Model):
    """One version of a document's file, as it was at one moment (Article 4.3).

    Kept whenever a file of an outgoing draft is added, made or replaced, when it is
    signed and when it is issued: with who and when, and in a file of its own, of
    which the store holds the bytes once.  Never changed afterwards; the versions of
    a draft that was never submitted go with it.  Read by whoever sees the document.
    """

    _name = "qlvb.version"
    _description = "Version of a Document's File"
    _inherit = ["qlvb.trace.mixin"]
    _order = "document_id, sequence desc"

    sequence = fields.Integer("Version", required=True, readonly=True, aggregator=None)
    kind = fields.Selection(KINDS, "Kind of file", required=True, readonly=True)
    name = fields.Char("File name", required=True, readonly=True)
    file_id = fields.Many2one(
        "ir.attachment", required=True, readonly=True, ondelete="restrict"
    )
    # Id of the draft's file of which this is a copy; that one may be gone.
    source_file = fields.Integer(
        readonly=True, aggregator=None, export_string_translation=False
    )
    checksum = fields.Char("Checksum (SHA-256)", required=True, readonly=True)
    size = fields.Integer("Size (bytes)", required=True, readonly=True, aggregator=None)
    author_id = fields.Many2one("res.users", "Made by", required=True, readonly=True)

    # Two who keep one at once: the second is made to try again.
    _sequence_uniq = models.UniqueIndex("(document_id, sequence)")
    _file_index = models.Index("(file_id)")

    def init(self):
        result = super().init()
        # What is deleted is asked of the document; its versions go along.
        self.env.cr.execute(append_only(self._table, "qlvb_document"))
        self.env.cr.execute(kept_file(self._table, "file_id"))
        return result

    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for version in self:
            version.display_name = self.env._(
                "Version %(number)s: %(kind)s",
                number=version.sequence,
                kind=labels[version.kind],
            )

    def action_open(self):
        """Download the version (the file's own rule decides, and notes it)."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.file_id.id}?download=1",
            "target": "download",
        }
