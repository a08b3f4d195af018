from odoo import models

from .qlvb_opinion import SAID


class QlvbAssignment(models.Model):
    """A supporter's answer is an opinion in the dossier (Article 6.2), said once."""

    _inherit = "qlvb.assignment"

    # Who has it for information may open it after the dossier was closed.
    _moves_after_closing = frozenset({"seen_at"})

    def _close(self, actor, name, **values):
        super()._close(actor, name, **values)
        dossier = self.dossier_id
        if name != "done" or not dossier or self.role == "inform":
            return
        if self._leads():
            # The work was finished on what was said until then.
            dossier._fix_opinions()
        elif not self.parent_id and self.env.context.get("qlvb_opinion") is not SAID:
            self.env["qlvb.opinion"]._record(dossier, actor, self, values["result"])

    def _send_back(self, actor, reason):
        result = super()._send_back(actor, reason)
        self.dossier_id._fix_opinions()
        return result
