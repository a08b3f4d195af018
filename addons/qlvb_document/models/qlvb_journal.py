from odoo import api, models

from .qlvb_document_mail import by_mail


class QlvbJournal(models.Model):
    """The acts on documents that the journal knows, and what came by e-mail."""

    _inherit = "qlvb.journal"

    def _current_origin(self):
        return "mail" if by_mail(self.env.context) else super()._current_origin()

    @api.model
    def _event_labels(self):
        return super()._event_labels() | {
            "admission_refused": self.env._("Refused at the door (Article 3)"),
            "approved": self.env._("Draft approved"),
            "assignment_accepted": self.env._("Work accepted"),
            "assignment_extension_asked": self.env._("More time asked for"),
            "assignment_extension_granted": self.env._("More time granted"),
            "assignment_extension_refused": self.env._("More time refused"),
            "assignment_finished": self.env._("Work finished"),
            "assignment_forwarded": self.env._("Work passed on"),
            "assignment_given": self.env._("Work given"),
            "assignment_recalled": self.env._("Work recalled"),
            "assignment_returned": self.env._("Work returned"),
            "assignment_sent_back": self.env._("Result sent back"),
            "assignment_urged": self.env._("Holder urged"),
            "book_imported": self.env._("Old book taken over"),
            "corrected": self.env._("Corrected by decision of the chairman"),
            "correction_asked": self.env._("Correction asked for"),
            "correction_refused": self.env._("Correction refused"),
            "classified": self.env._("Field of work named"),
            "declared": self.env._("Declared at registration"),
            "deadline_moved": self.env._("Deadline moved"),
            "deadline_on_day_off": self.env._("Deadline falls on a day off"),
            "directed": self.env._("Direction given"),
            "direction_recorded": self.env._("Direction recorded from paper"),
            "document_assigned": self.env._("Document in progress"),
            "document_done": self.env._("Document done"),
            "document_purged": self.env._("Contents erased by decision"),
            "document_registered": self.env._("Document waits for routing again"),
            "downloaded": self.env._("File downloaded"),
            "file_refused": self.env._("File refused at the door"),
            "draft_deleted": self.env._("Draft deleted"),
            "draft_sent_back": self.env._("Draft sent back"),
            "drafted": self.env._("Draft begun"),
            "dropped": self.env._("Draft dropped"),
            "issued": self.env._("Numbered and issued"),
            "kind_changed": self.env._("Kind of document changed"),
            "mail_address_removed": self.env._("Address for incoming mail removed"),
            "mail_address_set": self.env._("Address for incoming mail set"),
            "mail_left_out": self.env._("E-mail not taken"),
            "mailbox_changed": self.env._("Mailbox changed"),
            "mailbox_created": self.env._("Mailbox entered"),
            "mailbox_opened": self.env._("Mailbox tested and in use"),
            "mailbox_removed": self.env._("Mailbox removed"),
            "mailbox_stopped": self.env._("Mailbox no longer in use"),
            "opened": self.env._("Document opened"),
            "printed": self.env._("Printed"),
            "received": self.env._("Paper received"),
            "refused": self.env._("Refused and returned to the sender"),
            "number_inserted": self.env._("Number inserted"),
            "number_void": self.env._("Number made void"),
            "numbers_reserved": self.env._("Numbers reserved"),
            "register_closed": self.env._("Register closed"),
            "register_opened_at": self.env._("Register begun with a number"),
            "register_reopened": self.env._("Register reopened"),
            "registered": self.env._("Document registered"),
            "review_step_removed": self.env._("Reviewer of a kind removed"),
            "review_step_set": self.env._("Reviewer of a kind set"),
            "signed": self.env._("Signed"),
            "submitted": self.env._("Draft submitted"),
            "version_kept": self.env._("Version of the file kept"),
            "withdrawn": self.env._("Draft withdrawn"),
            "series_decided": self.env._("Series of numbers decided"),
            "year_closed": self.env._("Year closed"),
        }

    @api.model
    def _data_labels(self):
        return super()._data_labels() | {
            "capacity": self.env._("Signed as"),
            "cause": self.env._("Cause"),
            "checksum": self.env._("Checksum (SHA-256)"),
            "copy": self.env._("Copy"),
            "clause": self.env._("Clause"),
            "code": self.env._("Cause"),
            "codes": self.env._("Reasons"),
            "correction": self.env._("Correction"),
            "date_from": self.env._("From"),
            "date_to": self.env._("To"),
            "declarations": self.env._("Declared"),
            "domain": self.env._("Sender's domain"),
            "door": self.env._("Door"),
            "form": self.env._("Form"),
            "new_deadline": self.env._("New deadline"),
            "numbers": self.env._("Numbers"),
            "old_deadline": self.env._("Former deadline"),
            "page": self.env._("Pages"),
            "kind": self.env._("What"),
            "version": self.env._("Version"),
            "settled": self.env._("Everything settled"),
            "year_from": self.env._("From the year"),
        }
