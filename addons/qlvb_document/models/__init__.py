# Mixins first: a model is built upon those that stand before it.
from . import (
    qlvb_admission_mixin,
    qlvb_deadline_mixin,
    qlvb_declaration_mixin,
    qlvb_desk_mixin,
    qlvb_document_incoming,
    qlvb_draft_mixin,
    qlvb_entry_mixin,
    qlvb_file_mixin,
    qlvb_order_mixin,
    qlvb_assignment_acts,
    qlvb_paper_mixin,
    qlvb_search_mixin,
)

# isort: split

from . import (
    ir_attachment,
    mail_activity,
    mail_message,
    mail_scheduled_message,
    qlvb_assignment,
    qlvb_direction,
    qlvb_document,
    qlvb_document_type,
    qlvb_input_mixin,
    qlvb_journal,
    qlvb_register,
    qlvb_register_page,
    qlvb_sender,
    qlvb_shredder,
    qlvb_thread_mixin,
    qlvb_vetting,
)
