from odoo import api, models


class QlvbLeftMixin(models.AbstractModel):
    """What somebody may leave behind, and how it is given to who goes on with it.

    The contract between a hand-over (``qlvb.handover``) and the models of which
    records name a person who has to do something.  A model may be a source in
    several kinds: a draft is left by who drafts it, and by who is to sign it.
    """

    _name = "qlvb.left.mixin"
    _description = "Record that Somebody may Leave"

    @api.model
    def _left_by(self, user, unit, kind):
        """Return the records that wait for a person in a unit (abstract).

        :param user: who leaves (``res.users``)
        :param unit: the unit left
        :param kind: a key of ``qlvb.handover._sources``
        """
        raise NotImplementedError

    @api.model
    def _left_pairs(self, kind):
        """Return (user id, unit id) of everybody for whom such a record waits.

        For the watch that finds what was left without any request.  May be empty
        where another kind always comes along.
        """
        return []

    def _hand_over(self, kind, receiver, handover, actor):
        """Give these records to the receiver (abstract).

        Called as superuser, for an actor who passed the gate of the hand-over.

        :param receiver: ``res.users``
        :param handover: the hand-over, which names who leaves and the unit
        :param actor: who accepts it, for the trace
        :return: list of what stands against it, in words; nothing is kept then
        """
        raise NotImplementedError

    def _left_about(self, kind):
        """Return what the record is about, for whoever sees it."""
        return ""

    def _left_due(self, kind):
        """Return until when it is due."""
        return False
