from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import SQL, format_date

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.workflow import Actor

from .qlvb_order_mixin import OPEN_STATES


class QlvbDocumentReply(models.AbstractModel):
    """What answers what: a reply and its origin know each other.

    Whoever works on an incoming document drafts the reply.  Where the drafter says
    so, and the head of the drafting unit approves the draft, the work of their unit
    on the origin is finished the moment the reply is issued.
    """

    _name = "qlvb.document.reply"
    _description = "Reply to a Document"

    reply_ids = fields.Many2many(
        "qlvb.document", string="Replies", compute="_compute_reply_ids"
    )
    may_finish = fields.Boolean(
        compute="_compute_may_finish", export_string_translation=False
    )

    @api.depends_context("uid")
    def _compute_reply_ids(self):
        # Searched, so that each reader is told of what they see.
        found = self.search([("reply_to_id", "in", self.ids)], order="id")
        for document in self:
            document.reply_ids = found.filtered(
                lambda reply: reply.reply_to_id == document._origin  # noqa: B023
            )

    def _read_format(self, fnames, load="_classic_read"):
        """Name what is answered to those alone who see it.

        Reviewers and the signer see the reply, and not always its origin.
        """
        rows = super()._read_format(fnames, load=load)
        if "reply_to_id" not in fnames or self.env.su:
            return rows
        answering = {row["id"]: _id_of(row["reply_to_id"]) for row in rows}
        ids = set(filter(None, answering.values()))
        hidden = ids - self._seen_ids(ids) if ids else set()
        for row in rows:
            if answering[row["id"]] in hidden:
                row["reply_to_id"] = False
        return rows

    @api.depends("reply_to_id", "drafting_unit_id")
    def _compute_may_finish(self):
        for document in self:
            document.may_finish = bool(document._orders_of_unit())

    @api.constrains("reply_to_id", "reply_finishes", "drafting_unit_id")
    def _check_reply(self):
        # Superuser: that it is there and of which kind; whether the writer may point
        # at it was asked where the value came in.
        for document in self.sudo().filtered(lambda one: one.direction == "out"):
            origin = document.reply_to_id
            if origin and (origin.direction != "in" or not origin.number):
                raise ValidationError(
                    self.env._(
                        "A reply answers an incoming document that is registered. "
                        "Choose another."
                    )
                )
            if document.reply_finishes and not document._orders_of_unit():
                raise ValidationError(
                    self.env._(
                        "%(unit)s has no open work on the document that is answered: "
                        "the reply cannot finish it.",
                        unit=document.drafting_unit_id.name,
                    )
                )

    def _orders_of_unit(self):
        """Return the open work of the drafting unit on the origin."""
        document = self.sudo()
        return document.reply_to_id.assignment_ids.filtered(
            lambda order: (
                order.state in OPEN_STATES
                and order.unit_id == document.drafting_unit_id
            )
        )

    # -- drafting a reply -----------------------------------------------------

    def _actor_replies(self):
        """Return the caller as the holder of open work on this document."""
        order = self.my_assignment_id if self.direction == "in" else None
        return order._actor_holder() if order else None

    def action_reply(self):
        """Begin the draft of a reply: to whom, to what, and a summary to go on with.

        :return: the action that opens the draft
        :raises AccessError: the caller holds no work on this document
        """
        self._require_one()
        actor = self._gate("reply")
        return self.create(self._reply_values(actor.unit))._open_form()

    def _reply_values(self, drafting):
        """Return the values of a reply drafted in the unit ``drafting``."""
        kind = self.env.ref("qlvb_document.qlvb_document_type_cong_van")
        values = {
            "direction": "out",
            "drafting_unit_id": drafting.id,
            "type_id": kind.id,
            "reply_to_id": self.id,
            "urgency": self.urgency,
            "summary": self.env._(
                "Reply to %(reference)s of %(day)s of %(issuer)s",
                reference=self.reference,
                day=format_date(self.env, self.document_date),
                issuer=self.issuer,
            ),
        }
        issuers = self._issuers_for(drafting)
        unit = self.unit_id if self.unit_id in issuers else issuers[:1]
        values["unit_id"] = unit.id
        to = self._issuing_unit()
        if to and to != unit:
            values["dispatch_ids"] = [Command.create({"unit_id": to.id})]
        return values

    def _issuing_unit(self):
        """Return the unit of the system that issued this incoming document, if any."""
        # Superuser: who sent it stands on the paper.
        if unit := self._dispatch().document_id.unit_id:
            found = unit
        else:
            found = self.env["qlvb.unit"].sudo().search([("name", "=", self.issuer)])
        return found.filtered(lambda unit: unit.active and unit.receives)[:1]

    # -- issuing it -----------------------------------------------------------

    def _hold_origin(self):
        """Hold the document that this one answers, before the counter is held."""
        document = self.sudo()
        if not document.reply_finishes or not document.reply_to_id:
            return
        self.env.cr.execute(
            SQL(
                "UPDATE qlvb_document SET write_date = write_date WHERE id = %s",
                document.reply_to_id.id,
            )
        )
        document.reply_to_id.assignment_ids.invalidate_recordset(flush=False)
        document.reply_to_id.invalidate_recordset(flush=False)

    def _finish_origin(self, actor):
        """Finish the drafting unit's work on the origin, as its head has approved.

        The drafter's own, and up the chain to the unit's top one, in the names of
        their holders; who supported them is released.  Where another lead is still
        at work below, what lies above stays open.

        :param actor: the clerk who has just issued the reply
        """
        document = self.sudo()
        if not document.reply_finishes:
            return
        result = self.env._("Answered by %(reference)s", reference=document.reference)
        order = document._first_to_finish()
        while (
            order
            and order.state in OPEN_STATES
            and order in (document._orders_of_unit())
        ):
            below = order._open_children()
            if below.filtered(lambda child: child.role == "lead"):
                break
            for helper in below:
                helper._close(actor, "recall", reason=result)
                helper._log("recalled", actor)
                helper._recall_children(actor, result)
            document._finish_order(order, actor, result)
            order = order.parent_id
        document.reply_to_id._follow_assignments()

    def _first_to_finish(self):
        """Return the innermost order of the chain that the reply finishes."""
        orders = self._orders_of_unit()
        own = orders.filtered(lambda order: order.user_id == self.drafter_id)
        tops = orders.filtered(lambda order: order.parent_id not in orders)
        return (own or tops).sorted(lambda order: (order.role != "lead", -order.id))[:1]

    def _finish_order(self, order, actor, result):
        """Finish one order in the name of its holder."""
        holder = order.user_id or order.unit_id.head_id
        nobody, now = self.env["res.users"], clock.now()
        order._close(
            Actor(holder, nobody, order.unit_id),
            "done",
            result=result,
            accepted_at=order.accepted_at or now,
            seen_at=order.seen_at or now,
        )
        order._log(
            "finished",
            Actor(actor.user, holder, order.unit_id),
            reply=self.reference,
        )

    def _answers_whose(self):
        """Return the document that this one answers, and whose it was.

        Where the origin came through the system: its sender's own document, so that
        the sender finds the answer beside what was asked.
        """
        return self.sudo().reply_to_id._dispatch().document_id


def _id_of(value):
    """Return the id in a many2one as it is read, with its name or without."""
    return value[0] if isinstance(value, list | tuple) else value
