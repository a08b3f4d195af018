from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.workflow import Workflow, act

from ..lib.freeze_transfer import TRANSFER_SQL


class QlvbArchiveTransfer(models.Model):
    """Dossiers that are handed over to the archive, and the record of it.

    Drafted and done by the clerk or the Chief of Office of the unit that opened the
    dossiers (Decree 30/2020, Articles 30 and 31).  Done it can only be read, and its
    dossiers are not reopened; the database sees to that too.
    """

    _name = "qlvb.archive.transfer"
    _description = "Hand-over to the Archive"
    _inherit = ["qlvb.filed.mixin", "qlvb.workflow.mixin", "qlvb.input.mixin"]
    _order = "id desc"
    _text_limits = {
        "name": 200,
        "giver_title": 150,
        "receiver": 150,
        "receiver_title": 150,
        "condition": 1000,
    }
    _gated_fields = frozenset({"state", "done_at", "done_by_id"})
    _workflow = Workflow(
        ("draft", "done"),
        [
            act("edit", "draft", None, "_actor_filer", inner=True),
            act("hand_over", "draft", "done", "_actor_filer", "_unmet_hand_over"),
        ],
    )

    unit_id = fields.Many2one(
        "qlvb.unit",
        required=True,
        index=True,
        default=lambda self: self.env["qlvb.dossier.list"]._default_unit_id(),
    )
    name = fields.Char(
        "Name of the records", help="As in the record: Hồ sơ công việc năm 2025"
    )
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Handed over")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    giver_id = fields.Many2one(
        "res.users",
        "Handed over by",
        required=True,
        default=lambda self: self.env.user,
    )
    giver_title = fields.Char("Post of the giver")
    receiver = fields.Char("Who receives", help="Name of who receives for the archive")
    receiver_title = fields.Char("Post of the receiver")
    boxes = fields.Integer("Boxes of paper", aggregator=None)
    metres = fields.Float("Shelf metres", digits=(8, 2), aggregator=None)
    condition = fields.Text("Condition of the records")
    line_ids = fields.One2many("qlvb.archive.transfer.line", "transfer_id", "Dossiers")
    dossier_count = fields.Integer("Number of dossiers", compute="_compute_counts")
    file_count = fields.Integer("Number of files", compute="_compute_counts")
    date_from = fields.Date("Records from", compute="_compute_counts")
    date_to = fields.Date("Records to", compute="_compute_counts")
    done_at = fields.Datetime("Handed over at", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", "Recorded by", readonly=True, copy=False)
    can_edit = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_hand_over = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )

    # -- computes -------------------------------------------------------------

    @api.depends("name", "line_ids")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for transfer in self:
            transfer.display_name = transfer.name or self.env._(
                "Hand-over %(id)s (%(count)s dossiers)",
                id=transfer._origin.id or "",
                count=len(transfer.line_ids),
            )

    @api.depends("line_ids.dossier_id")
    def _compute_counts(self):
        for transfer in self:
            dossiers = transfer.line_ids.dossier_id
            opened = [clock.to_local(one.date_open).date() for one in dossiers]
            closed = [
                clock.to_local(one.date_closed).date()
                for one in dossiers
                if one.date_closed
            ]
            transfer.dossier_count = len(dossiers)
            transfer.file_count = sum(dossiers.mapped("file_total"))
            transfer.date_from = min(opened, default=False)
            transfer.date_to = max(closed, default=False)

    @api.model
    def _act_labels(self):
        return {
            "edit": self.env._("Change the hand-over"),
            "hand_over": self.env._("Hand over to the archive"),
        }

    # -- drafting -------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # Defaults of a context, or planted as a user's own, count as given.
            number = {**self.default_get(["unit_id"]), **vals}.get("unit_id")
            if not self.env.su and not self.new({"unit_id": number})._actor_filer():
                raise AccessError(
                    self.env._(
                        "Dossiers are handed over by the clerk or the Chief of Office "
                        "of the unit that opened them."
                    )
                )
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and not self._passed_gate():
            for transfer in self:
                transfer._gate("edit")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        for transfer in self:
            transfer._gate("edit")

    # -- handing over ---------------------------------------------------------

    def _lock_row(self):
        """Hold the dossiers as well: none is reopened while it is handed over."""
        self.sudo().line_ids.dossier_id._hold()
        return super()._lock_row()

    def action_hand_over(self):
        """Record that the dossiers were handed over and received (Article 30).

        :raises AccessError: the caller is neither clerk nor Chief of Office there
        :raises UserError: naming everything that is missing
        """
        for transfer in self:
            actor = transfer._gate("hand_over")
            transfer._transit(
                "hand_over",
                {"done_at": clock.now(), "done_by_id": actor.user.id},
            )
            dossiers = transfer.sudo().line_ids.dossier_id
            self.env["qlvb.journal"]._log(
                "transfer_done", transfer, unit=actor.unit, data={"rows": len(dossiers)}
            )
            self.env["qlvb.journal"]._log(
                "dossier_transferred",
                dossiers,
                unit=actor.unit,
                data={"transfer": transfer.id},
            )
        return True

    def _unmet_hand_over(self, actor):
        problems = []
        if not self.line_ids:
            problems.append(self.env._("The list names no dossier yet."))
        if not self.receiver:
            problems.append(self.env._("Enter who receives the dossiers."))
        for line in self.line_ids:
            problems += line._problems()
        return problems

    def action_print_list(self):
        """Print the list of dossiers (the download route decides on rights)."""
        return self._print("archive-list")

    def action_print_record(self):
        """Print the record of the hand-over (the download route decides on rights)."""
        return self._print("archive-record")

    def _print(self, form):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/qlvb/print/{form}/{self.id}",
            "target": "new",
        }

    def _journal_name(self):
        """Name it by its number: titles of records stand in no journal."""
        return str(self.id)

    # -- database -------------------------------------------------------------

    def init(self):
        result = super().init()
        self.env.cr.execute(TRANSFER_SQL)
        return result
