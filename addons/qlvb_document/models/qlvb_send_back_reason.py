from odoo import fields, models

from .qlvb_review import ASPECTS


class QlvbSendBackReason(models.Model):
    """A coded reason for which drafts are sent back, counted per unit (Article 7.3).

    Read by every official; kept by the technical administrator.
    """

    _name = "qlvb.send.back.reason"
    _description = "Reason for Sending Back"
    _inherit = ["qlvb.input.mixin"]
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    aspect = fields.Selection(
        [aspect for aspect in ASPECTS if aspect[0] != "sign"],
        "Concerns",
        required=True,
        default="form",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "This code exists already.")
