import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_document.lib.freeze_rows import append_only, kept_file


class QlvbMaterialVersion(models.Model):
    """One version of a material's file, as it was at one moment (Article 4.1).

    Who put it in and when, with the file itself, of which the store holds the bytes
    once.  Written by the material alone and never changed.
    """

    _name = "qlvb.material.version"
    _description = "Version of a Material"
    _inherit = ["qlvb.dossier.part.mixin", "qlvb.names.mixin"]
    _names = {"author_text": ("author_id", "on_behalf_of_id")}
    _order = "material_id, sequence desc"

    material_id = fields.Many2one(
        "qlvb.material", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer("Version", required=True, readonly=True, aggregator=None)
    name = fields.Char("File name", required=True, readonly=True)
    file_id = fields.Many2one(
        "ir.attachment", required=True, readonly=True, ondelete="restrict"
    )
    checksum = fields.Char("Checksum (SHA-256)", required=True, readonly=True)
    size = fields.Integer("Size (bytes)", required=True, readonly=True, aggregator=None)
    author_id = fields.Many2one("res.users", "Put in by", required=True, readonly=True)
    on_behalf_of_id = fields.Many2one("res.users", "On behalf of", readonly=True)
    author_text = fields.Char(
        "Put in by, for whom", compute="_compute_names", export_string_translation=False
    )
    unit_id = fields.Many2one("qlvb.unit", readonly=True)
    date = fields.Datetime("Moment", required=True, readonly=True)
    note = fields.Char("What is new", readonly=True)

    # Two who keep one at once: the second is made to try again.
    _sequence_uniq = models.UniqueIndex("(material_id, sequence)")
    _file_index = models.Index("(file_id)")

    def init(self):
        result = super().init()
        self.env.cr.execute(append_only(self._table))
        self.env.cr.execute(kept_file(self._table, "file_id"))
        return result

    @api.depends("material_id", "sequence")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(material)s, version %(number)s",
                material=version.material_id.name,
                number=version.sequence,
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

    @api.model
    def _keep(self, material, actor, number, name, content, note):
        """Keep a file that passed the gate as the next version of a material.

        :return: the version
        """
        # Superuser: past the gate; in a field, for the file is nobody's to change.
        file = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name,
                    "raw": content,
                    "res_model": "qlvb.dossier",
                    "res_id": material.dossier_id.id,
                    "res_field": "material_ids",
                }
            )
        )
        file.flush_recordset()
        return self.sudo().create(
            [
                {
                    "dossier_id": material.dossier_id.id,
                    "material_id": material.id,
                    "sequence": number,
                    "name": name,
                    "file_id": file.id,
                    "checksum": hashlib.sha256(content).hexdigest(),
                    "size": len(content),
                    "author_id": actor.user.id,
                    "on_behalf_of_id": actor.on_behalf_of.id,
                    "unit_id": actor.unit.id,
                    "date": clock.now(),
                    "note": note,
                }
            ]
        )

    def write(self, vals):  # pylint: disable=method-required-super
        self._refuse_change()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        self._refuse_change()

    def _refuse_change(self):
        """Raise: what was put in stands.

        :raises AccessError: always
        """
        raise AccessError(
            self.env._(
                "A version that was kept is neither changed nor deleted. Add another "
                "one to the material."
            )
        )
