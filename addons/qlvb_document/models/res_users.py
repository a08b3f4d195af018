from odoo import fields, models


class ResUsers(models.Model):
    """Accounts: whether reminders also come by e-mail is everybody's own choice."""

    _inherit = "res.users"

    reminder_mail = fields.Boolean(
        "Reminders by e-mail",
        default=True,
        help="The list of reminders in the system is there in any case",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "reminder_mail"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "reminder_mail"]
