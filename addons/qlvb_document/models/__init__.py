# Mixins first, each after those that it is built upon.
from . import qlvb_document_workflow

# isort: split

from . import (
    qlvb_admission_mixin,
    qlvb_announced_mixin,
    qlvb_deadline_mixin,
    qlvb_declaration_mixin,
    qlvb_desk_mixin,
    qlvb_document_book,
    qlvb_document_chase,
    qlvb_document_direct,
    qlvb_document_incoming,
    qlvb_document_mail,
    qlvb_document_number,
    qlvb_document_outgoing,
    qlvb_draft_mixin,
    qlvb_entry_mixin,
    qlvb_file_mixin,
    qlvb_given_mixin,
    qlvb_input_mixin,
    qlvb_order_mixin,
    qlvb_outgoing_mixin,
    qlvb_paper_mixin,
    qlvb_register_year,
    qlvb_register_acts,
    qlvb_register_counter,
    qlvb_reminder_mail,
    qlvb_reminder_rounds,
    qlvb_search_mixin,
    qlvb_term_mixin,
    qlvb_thread_mixin,
    qlvb_trace_mixin,
)

# isort: split

from . import (
    qlvb_assignment_chase,
    qlvb_assignment_extension,
    qlvb_assignment_acts,
    qlvb_assignment_term_mixin,
    qlvb_document_term_mixin,
)

# isort: split

from . import (
    fetchmail_server,
    ir_attachment,
    mail_activity,
    mail_message,
    mail_scheduled_message,
    mail_thread,
    qlvb_assignment,
    qlvb_calendar,
    qlvb_calendar_day,
    qlvb_direction,
    qlvb_document,
    qlvb_document_type,
    qlvb_extension,
    qlvb_journal,
    qlvb_mail_address,
    qlvb_mail_intake,
    qlvb_mail_receipt,
    qlvb_order,
    qlvb_register,
    qlvb_register_act,
    qlvb_register_entry,
    qlvb_register_page,
    qlvb_reminder,
    qlvb_reminder_letter,
    qlvb_reminder_outbox,
    qlvb_replan,
    qlvb_result,
    qlvb_review,
    qlvb_review_step,
    qlvb_send_back,
    qlvb_send_back_reason,
    qlvb_sender,
    qlvb_series,
    qlvb_shredder,
    qlvb_unit,
    qlvb_urge,
    qlvb_vetting,
    res_users,
)
