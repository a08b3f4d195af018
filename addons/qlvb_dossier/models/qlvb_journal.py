from odoo import api, models


class QlvbJournal(models.Model):
    """The acts on dossiers that the journal knows."""

    _inherit = "qlvb.journal"

    @api.model
    def _event_labels(self):
        return super()._event_labels() | {
            "assignment_proposed": self.env._("Support proposed"),
            "assignment_support_accepted": self.env._("Support accepted"),
            "assignment_support_refused": self.env._("Support refused"),
            "assignment_support_withdrawn": self.env._("Proposal of support withdrawn"),
            "dossier_assigned": self.env._("Dossier assigned"),
            "dossier_attached": self.env._("Documents put into the dossier"),
            "dossier_changed": self.env._("Dossier changed"),
            "dossier_closed": self.env._("Dossier closed"),
            "dossier_completed": self.env._("Dossier completed"),
            "dossier_deleted": self.env._("Dossier opened by mistake deleted"),
            "dossier_detached": self.env._("Documents taken out of the dossier"),
            "dossier_draft": self.env._("Dossier waits for assignment again"),
            "dossier_entry_added": self.env._("Entry added to the list of dossiers"),
            "dossier_exported": self.env._("Dossier exported"),
            "dossier_task_handed_over": self.env._("Task handed over"),
            "dossier_in_progress": self.env._("Dossier in progress"),
            "dossier_listed": self.env._("List of documents changed"),
            "dossier_material_added": self.env._("Material put in"),
            "dossier_material_renamed": self.env._("Material renamed"),
            "dossier_material_version": self.env._("Version of a material kept"),
            "dossier_kept_longer": self.env._("Dossier kept after it was due"),
            "dossier_kind_changed": self.env._("Kind of dossier changed"),
            "dossier_list_approved": self.env._("List of dossiers approved"),
            "dossier_list_continued": self.env._(
                "Next year's list of dossiers drafted"
            ),
            "dossier_opened": self.env._("Dossier opened"),
            "dossier_opined": self.env._("Opinion given"),
            "dossier_opinion_mended": self.env._("Opinion mended by its author"),
            "dossier_planned": self.env._("Tasks planned"),
            "dossier_purged": self.env._("Contents of the dossier erased"),
            "dossier_reopened": self.env._("Dossier reopened"),
            "dossier_sent_back": self.env._("Dossier sent back"),
            "dossier_task_done": self.env._("Task ticked"),
            "dossier_task_undone": self.env._("Tick of a task taken away"),
            "dossier_transfer_warned": self.env._(
                "Transfer to the archive pointed out"
            ),
            "dossier_transferred": self.env._("Dossier handed over to the archive"),
            "transfer_done": self.env._("Hand-over to the archive done"),
        }

    @api.model
    def _data_labels(self):
        return super()._data_labels() | {
            "documents": self.env._("Documents"),
            "material": self.env._("Material"),
            "opinion": self.env._("Opinion"),
            "task": self.env._("Task"),
            "files": self.env._("Files"),
            "missing": self.env._("Not shown"),
            "transfer": self.env._("Hand-over"),
        }
