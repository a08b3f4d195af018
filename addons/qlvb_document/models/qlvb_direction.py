from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..lib.freeze_rows import append_only, kept_file
from ..lib.scans import ScanError, read_scan


class QlvbDirection(models.Model):
    """A leader's direction on a document: text, author and date (Article 5.2).

    Written by ``qlvb.document.action_direct`` alone and never changed, nor is the
    scan of what the leader wrote on paper.  Read by whoever sees the document.
    """

    _name = "qlvb.direction"
    _description = "Direction"
    _order = "date, id"

    document_id = fields.Many2one(
        "qlvb.document", required=True, index=True, ondelete="cascade"
    )
    author_id = fields.Many2one("res.users", "Leader", required=True)
    recorded_by_id = fields.Many2one(
        "res.users", "Recorded by", help="Who entered what the leader wrote on paper"
    )
    written_on = fields.Date(
        "Written on", help="The day that stands beside the words on the paper"
    )
    scan_id = fields.Many2one(
        "ir.attachment",
        "Scan of the paper",
        index="btree_not_null",
        ondelete="restrict",
    )
    source_text = fields.Char("Source", compute="_compute_source_text")
    date = fields.Datetime(required=True)
    text = fields.Text("Direction", required=True)

    def init(self):
        self.env.cr.execute(append_only(self._table))
        self.env.cr.execute(kept_file(self._table, "scan_id"))

    @api.depends("author_id", "date")
    def _compute_display_name(self):
        for direction in self:
            direction.display_name = direction.author_id.name

    @api.depends("recorded_by_id")
    @api.depends_context("lang")
    def _compute_source_text(self):
        """Say where the words come from, if the leader wrote them on paper."""
        for direction in self:
            if not direction.recorded_by_id:
                direction.source_text = False
                continue
            direction.source_text = self.env._(
                "From the leader's handwriting on paper, recorded by %(person)s",
                person=direction.recorded_by_id.name,
            )

    def _as_text(self):
        """Return the direction in one line: who, what, and whether from paper."""
        self.ensure_one()
        line = f"{self.author_id.name}: {self.text}"
        if self.recorded_by_id:
            line = self.env._("%(direction)s (from handwriting)", direction=line)
        return line

    def action_open_scan(self):
        """Open the scan of what the leader wrote (the file's own rule decides)."""
        self.ensure_one()
        self.check_access("read")
        if not self.scan_id:
            raise UserError(self.env._("There is no scan of this direction."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.scan_id.id}",
            "target": "new",
        }

    @api.model
    def _read_scan(self, raw):
        """Return what the caller sent as a scan, or refuse it in words.

        :return: values of a file, or ``None`` where nothing was sent
        """
        if not raw:
            return None
        try:
            content, mimetype, ending = read_scan(raw)
        except ScanError as error:
            raise UserError(
                {
                    "shape": self.env._("The scan is not a file. Choose it again."),
                    "kind": self.env._(
                        "The scan must be a PDF, PNG or JPEG file. Choose another."
                    ),
                }[error.code]
            ) from None
        return {"name": f"but-phe.{ending}", "raw": content, "mimetype": mimetype}

    @api.model
    def _keep_scan(self, values, document):
        """Store a scan as a file of the document, beside the paper's own files.

        Created as the caller, so that what keeps files out looks at it; then made
        the document's, which a recorder may not rewrite otherwise.
        """
        if not values:
            return self.env["ir.attachment"]
        file = self.env["ir.attachment"].create(values)
        file.sudo().write({"res_model": document._name, "res_id": document.id})
        # Before a direction points at it: from then on the database keeps it.
        file.flush_recordset()
        return file

    def write(self, vals):  # pylint: disable=method-required-super
        self._refuse_change()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        self._refuse_change()

    def _refuse_change(self):
        """Raise: what a leader directed stands.

        :raises AccessError: always
        """
        raise AccessError(
            self.env._("A direction is never changed. The leader gives a new one.")
        )
