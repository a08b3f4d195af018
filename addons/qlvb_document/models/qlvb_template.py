from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.qlvb_base.lib import clock

from ..lib import docx_builder, docx_forms
from ..lib.docx_layouts import FIELDS
from ..lib.encoded import decoded
from ..lib.vetting import sniff
from ..lib.vetting_office import DOCX
from ..lib.vetting_signs import FileRefused

_SAMPLE = {name: f"«{name}»" for name in FIELDS}


class QlvbTemplate(models.Model):
    """The Word template of some kinds of document, in the layout of Decree 30/2020.

    The layouts come with the system; the Office (the Chief of Office and the clerks
    of the committee and of its Office) may put a Word file of its own in the place of
    one.  What such a file names is filled in as plain text, in a sandbox; one that
    cannot be filled in is refused when it is put there.  Every official reads them.
    """

    _name = "qlvb.template"
    _description = "Template of Documents"
    _inherit = ["qlvb.input.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    layout = fields.Selection(
        [
            ("decision", "Direct decision"),
            ("decision_attached", "Decision with a text attached"),
            ("named", "Kind with a name"),
            ("letter", "Official letter"),
            ("invitation", "Invitation"),
            ("minutes", "Minutes"),
        ],
        "Page layout",
        required=True,
        default="named",
    )
    type_ids = fields.Many2many(
        "qlvb.document.type",
        "qlvb_template_type_rel",
        "template_id",
        "type_id",
        "Kinds",
        help="Empty: every kind that has no template of its own",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    content = fields.Binary(
        "Own Word file",
        attachment=True,
        help="Used in the place of the layout. Fields stand in double braces.",
    )
    content_name = fields.Char(export_string_translation=False)
    field_text = fields.Text("What is filled in", compute="_compute_field_text")
    changed_by_id = fields.Many2one("res.users", "Changed by", readonly=True)
    changed_at = fields.Datetime("Changed at", readonly=True)
    can_change = fields.Boolean(compute="_compute_can_change")

    @api.depends_context("uid")
    def _compute_can_change(self):
        self.can_change = self._is_office()

    @api.depends_context("lang")
    def _compute_field_text(self):
        text = "\n".join(
            f"{{{{ {name} }}}}  {words}" for name, words in self._field_labels().items()
        )
        self.field_text = text

    @api.model
    def _field_labels(self):
        """Return what a template may name, with what it means."""
        return {
            "co_quan_chu_quan": self.env._("name of the agency above, in capitals"),
            "co_quan": self.env._("name of the issuing agency, in capitals"),
            "ten_co_quan": self.env._("name of the issuing agency within a sentence"),
            "ky_hieu": self.env._("what follows the number: /QĐ-UBND"),
            "dia_danh": self.env._("place name before the date"),
            "ten_loai": self.env._("kind of document, in capitals"),
            "trich_yeu": self.env._("abstract"),
            "v_viec": self.env._("abstract as it stands behind V/v"),
            "tham_quyen": self.env._("who decides, in capitals"),
            "kinh_gui": self.env._("to whom it is addressed"),
            "quyen_han": self.env._("authority and post above the signature"),
            "nguoi_ky": self.env._("name of the signer"),
            "noi_nhan": self.env._("recipients and copy on file"),
            "do_khan": self.env._("urgency mark, in capitals"),
        }

    # -- whose ------------------------------------------------------------------

    @api.model
    def _is_office(self):
        """Tell whether the caller keeps the templates: the committee's Office."""
        units = self.env["qlvb.position"]._my_units("chief_of_office", "clerk")
        kinds = self.env["qlvb.unit"].sudo().browse(units).mapped("kind")
        return "committee" in kinds

    @api.model
    def _require_office(self):
        """Raise where the templates are not the caller's to change.

        :raises AccessError: naming who keeps them
        """
        if not self.env.su and not self._is_office():
            raise self._explain_office()

    @api.model
    def _explain_office(self):
        """Return the error that names who keeps the templates."""
        return AccessError(
            self.env._(
                "Templates are changed by the Chief of Office and the clerks of the "
                "committee."
            )
        )

    def _check_access(self, operation):
        """Keep the templates, and so their files, from everybody but the Office."""
        result = super()._check_access(operation)
        if result or operation == "read" or self.env.su or self._is_office():
            return result
        return self, self._explain_office

    @api.model_create_multi
    def create(self, vals_list):
        self._require_office()
        for vals in vals_list:
            self._check_content(vals)
        templates = super().create([self._stamped(vals) for vals in vals_list])
        if not self.env.su:
            self.env["qlvb.journal"]._log("template_changed", templates)
        return templates

    def write(self, vals):
        self._require_office()
        self._check_content(vals)
        result = super().write(self._stamped(vals))
        if not self.env.su:
            self.env["qlvb.journal"]._log(
                "template_changed", self, data={"fields": sorted(vals)}
            )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._require_office()

    @api.model
    def _stamped(self, vals):
        """Return values with who changes the template and when; nobody says it."""
        if self.env.su:
            return vals
        vals = {
            name: value
            for name, value in vals.items()
            if name not in ("changed_by_id", "changed_at")
        }
        return {**vals, "changed_by_id": self.env.uid, "changed_at": clock.now()}

    @api.model
    def _check_content(self, vals):
        """Refuse an own file that is no Word file or cannot be filled in.

        :raises UserError: saying which word of it is wrong
        """
        content = decoded(vals.get("content"))
        if not content:
            return
        try:
            fits = sniff(content) == DOCX
        except FileRefused:
            fits = False
        if not fits:
            raise UserError(
                self.env._("The template must be a Word file (.docx). Choose another.")
            )
        self._render(content, _SAMPLE)

    # -- filling in -------------------------------------------------------------

    @api.model
    def _for_kind(self, kind):
        """Return the templates of a kind: its own, else those for every kind."""
        templates = self.sudo().search([("type_ids", "in", kind.ids)]) if kind else self
        if not templates:
            templates = self.sudo().search([("type_ids", "=", False)])
        return templates.sudo(False)

    def _fill_in(self, values):
        """Return the Word file of this template with its fields filled in.

        :param values: strings by the names of ``docx_layouts.FIELDS``
        :raises UserError: an own file cannot be filled in
        """
        self.ensure_one()
        return self._render(self._raw(), values)

    def _raw(self):
        """Return the template itself: the Office's own file, else the layout."""
        return decoded(self.sudo().content) or docx_builder.build(self.layout)

    @api.model
    def _render(self, content, values):
        try:
            return docx_forms.render(content, values)
        except docx_forms.TemplateProblem as problem:
            raise UserError(self._explain(problem)) from None

    @api.model
    def _explain(self, problem):
        """Return what is wrong with a template and what to do."""
        detail = problem.detail
        return {
            "unknown": self.env._(
                "The template names a field that there is not: %(detail)s. Use the "
                "fields of the list.",
                detail=detail,
            ),
            "syntax": self.env._(
                "The template cannot be read: %(detail)s. Check its double braces.",
                detail=detail,
            ),
            "forbidden": self.env._(
                "The template reaches for something that it may not: %(detail)s. Use "
                "the fields of the list alone.",
                detail=detail,
            ),
            "heavy": self.env._(
                "Filling in the template takes too long. Use the fields of the list "
                "alone."
            ),
            "odd": self.env._(
                "The template is damaged. Save it in the word processor again."
            ),
        }[problem.code]

    def action_download(self):
        """Download the template as it is used now, to be edited.

        :raises UserError: where there is none yet
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/qlvb/template/{self.id}",
            "target": "download",
        }

    @api.constrains("type_ids", "layout")
    def _check_layout(self):
        for template in self:
            letters = template.type_ids.filtered("is_letter")
            if template.layout == "letter" and template.type_ids != letters:
                raise ValidationError(
                    self.env._("The layout of a letter is for official letters alone.")
                )
