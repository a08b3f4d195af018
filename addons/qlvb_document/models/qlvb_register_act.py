from odoo import api, fields, models

from odoo.addons.qlvb_base.lib import clock

from ..lib.freeze_register import TRACE_SQL


class QlvbRegisterAct(models.Model):
    """What was decided about a register: opened at a number, closed, reopened.

    Shown on the register and in its book ever after; never changed.  Read by
    whoever reads the register as their own.
    """

    _name = "qlvb.register.act"
    _description = "Act on a Register"
    _order = "register_id, id"

    register_id = fields.Many2one(
        "qlvb.register",
        "Register book",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    act = fields.Selection(
        [
            ("opened", "Opened at a number"),
            ("closed", "Year closed"),
            ("reopened", "Reopened"),
        ],
        "What was done",
        required=True,
        readonly=True,
    )
    number = fields.Integer("Number given", readonly=True, aggregator=None)
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "Done by", required=True, readonly=True)
    keeper_id = fields.Many2one("res.users", "Account keeper", readonly=True)
    date = fields.Datetime("Moment", required=True, readonly=True)

    @api.model
    def _note(self, register, act, actor, **values):
        """Note an act on a register, as its actor has just done it."""
        # Superuser: nobody writes these by hand.
        return self.sudo().create(
            {
                "register_id": register.id,
                "act": act,
                "user_id": actor.user.id,
                "keeper_id": register.unit_id._keeper_for(actor).id,
                "date": clock.now(),
                **values,
            }
        )

    def _who(self):
        """Return the person who did it: of a unit's account its keeper."""
        self.ensure_one()
        return (self.keeper_id or self.user_id).sudo().name

    def init(self):
        result = super().init()
        self.env.cr.execute(TRACE_SQL)
        return result
