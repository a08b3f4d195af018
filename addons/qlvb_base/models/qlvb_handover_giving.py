from odoo import api, models
from odoo.exceptions import UserError


class QlvbHandoverGiving(models.AbstractModel):
    """What is left is listed, and given to its receivers: all of it or nothing.

    What can be left at all, and how it is given, the models themselves know: see
    ``qlvb.left.mixin``.
    """

    _name = "qlvb.handover.giving"
    _description = "Giving what is Left"

    @api.model
    def _sources(self):
        """Return what somebody may leave: kind to model, in the order it is given.

        Addons add theirs; each model is a ``qlvb.left.mixin``, each kind has its
        label in ``qlvb.handover.line``.
        """
        return {}

    def _left(self):
        """Return what is left at this moment, as a list of kind and record."""
        self.ensure_one()
        handover = self.sudo()
        return [
            (kind, record)
            for kind, model in self._sources().items()
            for record in self.env[model]
            .sudo()
            ._left_by(handover.user_id, handover.unit_id, kind)
        ]

    def _collect(self):
        """Bring the lines in step: add what came, mark what is no longer left."""
        Line = self.env["qlvb.handover.line"].sudo()
        for handover in self.sudo():
            known = {
                (line.kind, line.res_id): line
                for line in handover.line_ids
                if line.state == "open"
            }
            left = {(kind, record.id): record for kind, record in handover._left()}
            Line.create(
                [
                    {
                        "handover_id": handover.id,
                        "kind": key[0],
                        "res_model": record._name,
                        "res_id": record.id,
                    }
                    for key, record in left.items()
                    if key not in known
                ]
            )
            gone = [line.id for key, line in known.items() if key not in left]
            Line.browse(gone).write({"state": "gone"})

    def _give(self, actor):
        """Give everything to its receivers, all or nothing.

        :raises UserError: naming all that stands against it
        """
        self._collect()
        handover = self.sudo()
        lines = handover.line_ids.filtered(lambda line: line.state == "open")
        for line in lines:
            line.receiver_id = line.receiver_id or handover.receiver_id
        problems = []
        for kind, model in self._sources().items():
            some = lines.filtered(lambda line: line.kind == kind)  # noqa: B023
            for receiver, own in some.grouped("receiver_id").items():
                records = self.env[model].sudo().browse(own.mapped("res_id"))
                problems += records._hand_over(kind, receiver, handover, actor)
        if problems:
            raise UserError("\n".join(dict.fromkeys(problems)))
        self.env.flush_all()
        if self._left():
            raise UserError(
                self.env._(
                    "Something was given to %(person)s in this very moment. Look again "
                    "what is left, and accept then.",
                    person=handover.user_id.name,
                )
            )
        lines.write({"state": "given"})
