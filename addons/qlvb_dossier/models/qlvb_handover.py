from odoo import api, models


class QlvbHandover(models.Model):
    """What somebody leaves of dossiers: proposed support, and tasks.

    Who is responsible follows from the work; materials are the dossier's and need no
    receiver.
    """

    _inherit = "qlvb.handover"

    @api.model
    def _sources(self):
        # Tasks after the work, which gives sight of the dossier.
        return super()._sources() | {
            "proposal": "qlvb.assignment",
            "task": "qlvb.dossier.task",
        }
