from odoo import models


class QlvbDossierSupport(models.AbstractModel):
    """Who supports the responsible, of other units too (Article 6.2).

    The responsible proposes; who assigned the dossier accepts or refuses, on the
    proposed assignment itself (``qlvb.assignment.action_decide_support``).
    """

    _name = "qlvb.dossier.support"
    _description = "Support of a Dossier"

    def action_propose_support(self, lines):
        """Propose agencies or persons that are to support, of any unit (Art. 6.2).

        :param lines: as for ``action_assign``; the part is always support
        :return: the ids of the proposed assignments, which give no sight yet
        :raises AccessError: the caller is not responsible here
        :raises UserError: naming everything that is wrong with the lines
        """
        self._require_one()
        actor = self._gate("propose_support")
        if isinstance(lines, list | tuple):
            lines = [
                line | {"role": "support"} if isinstance(line, dict) else line
                for line in lines
            ]
        lines = self._read_lines(lines)
        orders = self.env["qlvb.assignment"]._give_orders(
            self,
            actor,
            lines,
            event="proposed",
            state="proposed",
            proposed_by_id=actor.user.id,
        )
        self._remind_openers("proposed", orders)
        self._follow_hands()
        return orders.ids
