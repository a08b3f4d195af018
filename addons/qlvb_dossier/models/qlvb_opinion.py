from odoo import api, fields, models

from odoo.addons.qlvb_base.lib import clock


class QlvbOpinion(models.Model):
    """An opinion within a dossier, an entry of its own (Articles 4.1 and 6.2).

    Who, in which post, on whose behalf, when, what.  Given by whoever works on the
    dossier; a supporter's opinion is their answer.
    """

    _name = "qlvb.opinion"
    _description = "Opinion"
    _inherit = [
        "qlvb.opinion.asked.mixin",
        "qlvb.dossier.part.mixin",
        "qlvb.input.mixin",
    ]
    _order = "date, id"
    _text_limits = {"body": 10_000}

    # Given by whoever gives the opinion, not by an act.
    dossier_id = fields.Many2one(readonly=False)
    body = fields.Text("Opinion", required=True)
    author_id = fields.Many2one(
        "res.users", "Author", required=True, readonly=True, index=True
    )
    author_title = fields.Char("Post", readonly=True)
    unit_id = fields.Many2one("qlvb.unit", required=True, readonly=True)
    on_behalf_of_id = fields.Many2one("res.users", "On behalf of", readonly=True)
    assignment_id = fields.Many2one(
        "qlvb.assignment", "Answer to", readonly=True, index="btree_not_null"
    )
    date = fields.Datetime("Moment", required=True, readonly=True)

    @api.depends("author_id", "unit_id")
    def _compute_display_name(self):
        for opinion in self:
            author = opinion.author_id.sudo().name
            opinion.display_name = f"{author} ({opinion.unit_id.symbol})"

    @api.model_create_multi
    def create(self, vals_list):
        """Record opinions; a supporter's finishes the work that they were asked for.

        :raises AccessError: the caller does not work on the dossier
        :raises UserError: it is completed or closed
        """
        opinions = self.browse()
        for vals in vals_list:
            dossier = self.env["qlvb.dossier"].browse(vals.get("dossier_id") or ())
            dossier._require_one()
            actor = dossier._gate("opine")
            part = dossier._own_parts().filtered(lambda one: one.role != "inform")[:1]
            opinion = super().create(
                [
                    vals
                    | {
                        "author_id": actor.user.id,
                        "author_title": self._title_of(actor),
                        "unit_id": actor.unit.id,
                        "on_behalf_of_id": actor.on_behalf_of.id,
                        "assignment_id": part.id,
                        "date": clock.now(),
                    }
                ]
            )
            dossier._log("opined", actor)
            if part.role == "support":
                part.action_done(opinion.body)
            opinions |= opinion
        return opinions

    @api.model
    def _title_of(self, actor):
        """Return the author's post at this moment, as it stands on the entry."""
        posts = self.env["qlvb.position"]._current(
            actor.on_behalf_of or actor.user, actor.unit
        )
        return posts[:1].title or posts[:1].display_name
