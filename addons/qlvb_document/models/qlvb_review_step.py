from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .qlvb_review import ASPECTS


class QlvbReviewStep(models.Model):
    """Who else reviews drafts of a kind before the signer: Justice, a co-signer.

    The head of the drafting unit (content) and the Office of the issuing committee
    (form) review every draft without being named here.  Set by the Office of the
    issuing unit or the technical administrator; read by every official.
    """

    _name = "qlvb.review.step"
    _description = "Review by Kind of Document"
    _inherit = ["qlvb.input.mixin"]
    _order = "unit_id, sequence, id"

    unit_id = fields.Many2one("qlvb.unit", "Issuing unit", required=True, index=True)
    type_ids = fields.Many2many(
        "qlvb.document.type",
        string="Kinds of document",
        help="Empty: every kind",
    )
    reviewer_id = fields.Many2one("qlvb.unit", "Reviewed by", required=True)
    aspect = fields.Selection(
        [aspect for aspect in ASPECTS if aspect[0] not in ("content", "sign")],
        "For",
        required=True,
        default="legal",
    )
    sequence = fields.Integer(default=30)
    active = fields.Boolean(default=True)

    @api.constrains("reviewer_id", "unit_id")
    def _check_reviewer(self):
        for step in self:
            if step.reviewer_id == step.unit_id:
                raise ValidationError(
                    self.env._(
                        "The issuing unit itself signs. Name another unit as reviewer."
                    )
                )

    @api.depends("reviewer_id", "aspect")
    def _compute_display_name(self):
        labels = dict(self._fields["aspect"]._description_selection(self.env))
        for step in self:
            step.display_name = f"{step.reviewer_id.name} · {labels.get(step.aspect)}"

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps._require_manager()
        self.env["qlvb.journal"]._log("review_step_set", steps)
        return steps

    def write(self, vals):
        self._require_manager()
        result = super().write(vals)
        self._require_manager()
        self.env["qlvb.journal"]._log(
            "review_step_set", self, data={"fields": sorted(vals)}
        )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_managed(self):
        self._require_manager()
        self.env["qlvb.journal"]._log("review_step_removed", self)

    def _require_manager(self):
        """Raise where the caller does not lead the papers of the issuing unit."""
        if self.env.su or self.env.user.has_group("qlvb_base.group_qlvb_administrator"):
            return
        for step in self:
            if step.unit_id._actor_holding("head", "chief_of_office") is None:
                raise AccessError(
                    self.env._(
                        "Who reviews the drafts of %(unit)s is decided by its head or "
                        "Chief of Office.",
                        unit=step.unit_id.name,
                    )
                )

    @api.model
    def _for_document(self, document):
        """Return the steps that a document of this kind and issuer passes."""
        steps = self.sudo().search([("unit_id", "=", document.unit_id.id)])
        return steps.filtered(
            lambda step: not step.type_ids or document.type_id in step.type_ids
        )
