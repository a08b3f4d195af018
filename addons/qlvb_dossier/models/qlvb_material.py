from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.qlvb_document.lib.encoded import decoded

_OURS = object()
"""Proof that the system itself writes a material: no RPC context can carry it."""

_FILE = ("file", "file_name", "file_note")
"""The door through which a version comes in; nothing of it is stored here."""


class QlvbMaterial(models.Model):
    """A material of a dossier: what is no document, such as a draft or a table.

    Put in by whoever works on the dossier, with as many versions of its file as
    there were (Article 4.1).  Neither it nor a version is ever deleted.
    """

    _name = "qlvb.material"
    _description = "Material"
    _inherit = ["qlvb.dossier.part.mixin", "qlvb.input.mixin"]
    _order = "name, id"
    _text_limits = {"name": 300, "file_name": 255, "file_note": 500}

    # Named by whoever puts it in, not by an act.
    dossier_id = fields.Many2one(readonly=False)
    name = fields.Char("Material", required=True)
    version_ids = fields.One2many(
        "qlvb.material.version", "material_id", "Versions", readonly=True
    )
    version_count = fields.Integer("Versions kept", readonly=True, aggregator=None)
    current_id = fields.Many2one(
        "qlvb.material.version", "Newest version", compute="_compute_current"
    )
    author_id = fields.Many2one(
        "res.users", "Last put in by", compute="_compute_current"
    )
    author_text = fields.Char(
        "Last put in by, for whom",
        compute="_compute_current",
        export_string_translation=False,
    )
    date = fields.Datetime("Last put in at", compute="_compute_current")
    file = fields.Binary(
        "New version",
        compute="_compute_file",
        readonly=False,
        attachment=False,
        help="Kept as a new version; what was there before stays",
    )
    file_name = fields.Char(
        compute="_compute_file", readonly=False, export_string_translation=False
    )
    file_note = fields.Char("What is new", compute="_compute_file", readonly=False)
    can_edit = fields.Boolean(
        compute="_compute_can_edit", export_string_translation=False
    )

    @api.depends("version_ids")
    def _compute_current(self):
        for material in self:
            newest = material.version_ids.sorted("sequence")[-1:]
            material.current_id = newest
            material.author_id = newest.author_id
            material.author_text = newest.author_text
            material.date = newest.date

    def _compute_file(self):
        # A door in, not out: what was kept is read as a version.
        for material in self:
            for name in _FILE:
                material[name] = False

    @api.depends("dossier_id.state")
    @api.depends_context("uid")
    def _compute_can_edit(self):
        for material in self:
            material.can_edit = not material.dossier_id or (
                material.dossier_id._may("attach")
            )

    # -- by whoever works on the dossier --------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Put materials in, with the first version of their file where it is sent.

        :param vals_list: of each ``dossier_id``, ``name`` and, where there is one,
            ``file`` (base64), ``file_name``, ``file_note``; without a ``name`` it
            is called after its file
        :raises AccessError: the caller does not work on the dossier
        :raises UserError: it is closed, or the file cannot be taken
        :raises AdmissionRefused: Article 3 keeps it out
        """
        materials = self.browse()
        for vals in vals_list:
            told = {**self.default_get(["dossier_id", "name"]), **vals}
            dossier = self._read_dossier(told)
            actor = dossier._gate("attach")
            name, content, note = self._read_file(told)
            values = {
                "dossier_id": dossier.id,
                "name": told.get("name") or name.rpartition(".")[0],
                "version_count": 0,
            }
            material = super().create([values])
            if content is not None:
                material._keep_version(actor, name, content, note)
            dossier._log("material_added", actor, material=material.id)
            materials |= material
        return materials

    def write(self, vals):
        """Rename a material, or add a version of its file.

        :raises AccessError: the caller does not work on the dossier
        :raises UserError: it is closed, or the file cannot be taken
        """
        if self.env.context.get("qlvb_material") is _OURS:
            return super().write(vals)
        if vals.keys() - {"name", *_FILE}:
            raise AccessError(
                self.env._(
                    "Of a material its name changes, and versions are added; all else "
                    "stays."
                )
            )
        name, content, note = self._read_file(vals)
        for material in self:
            actor = material.dossier_id._gate("attach")
            if "name" in vals and vals["name"] != material.name:
                super(QlvbMaterial, material).write({"name": vals["name"]})
                material.dossier_id._log(
                    "material_renamed", actor, material=material.id
                )
            if content is not None:
                material._keep_version(actor, name, content, note)
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(
            self.env._("A material is never deleted. Add a version that replaces it.")
        )

    def action_open(self):
        """Download the newest version.

        :raises UserError: there is none yet
        """
        self._require_one()
        if not self.current_id:
            raise UserError(self.env._("There is no file of this material yet."))
        return self.current_id.action_open()

    def action_add_version(self, name, content, note=None):
        """Add a version of the material's file.

        :param name: what the file is called
        :param content: its bytes, base64
        :param note: what is new in it
        :return: the number of the version
        :raises AccessError: the caller does not work on the dossier
        :raises UserError: it is closed, or the file cannot be taken
        :raises AdmissionRefused: Article 3 keeps it out
        """
        self._require_one()
        told = {"file": content, "file_name": name, "file_note": note}
        name, content, note = self._read_file(told)
        if content is None:
            raise UserError(self.env._("Choose the file of the new version."))
        actor = self.dossier_id._gate("attach")
        return self._keep_version(actor, name, content, note).sequence

    @api.model
    def _read_file(self, vals):
        """Return name, bytes (``None`` where no file was sent) and note of a version.

        Judged before anything is locked or stored.

        :raises UserError: what was sent is no file, or one that is not taken
        :raises AdmissionRefused: Article 3 keeps it out
        """
        note = self._clean_argument(
            self.env._("What is new"), vals.get("file_note"), 500, required=False
        )
        sent, name = vals.get("file"), vals.get("file_name")
        if not sent and not name:
            return "", None, note
        vetting, content = self.env["qlvb.vetting"], decoded(sent or "")
        if content is None:
            raise UserError(vetting._explain_file("torn"))
        if not isinstance(name, str) or not name.strip():
            raise UserError(self.env._("The file has no name. Choose it again."))
        vetting._vet_file(name, content, "material", self._name)
        return name, content, note

    def _keep_version(self, actor, name, content, note):
        """Keep a version of the file, behind those that there are.

        The dossier is held: versions are numbered one after the other.
        """
        number = self.sudo().version_count + 1
        version = self.env["qlvb.material.version"]._keep(
            self, actor, number, name, content, note
        )
        # Superuser: past the gate; nobody writes the count by hand.
        counted = self.sudo().with_context(qlvb_material=_OURS)
        counted.write({"version_count": number})
        self.env["qlvb.journal"]._log(
            "dossier_material_version",
            self.dossier_id,
            unit=actor.unit,
            on_behalf_of=actor.on_behalf_of,
            data={
                "material": self.id,
                "version": number,
                "checksum": version.checksum,
            },
        )
        return version
