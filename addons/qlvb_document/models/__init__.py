# Mixins first: a model is built upon those that stand before it.
from . import (
    qlvb_admission_mixin,
    qlvb_announced_mixin,
    qlvb_deadline_mixin,
    qlvb_desk_mixin,
    qlvb_document_incoming,
    qlvb_file_mixin,
    qlvb_order_mixin,
    qlvb_assignment_acts,
    qlvb_paper_mixin,
    qlvb_reminder_mail,
    qlvb_reminder_rounds,
    qlvb_search_mixin,
    qlvb_term_mixin,
    qlvb_assignment_term_mixin,
    qlvb_document_term_mixin,
)

# isort: split

from . import (
    ir_attachment,
    qlvb_assignment,
    qlvb_calendar,
    qlvb_calendar_day,
    qlvb_direction,
    qlvb_document,
    qlvb_document_type,
    qlvb_journal,
    qlvb_register,
    qlvb_register_page,
    qlvb_reminder,
    qlvb_reminder_letter,
    qlvb_reminder_outbox,
    qlvb_replan,
    qlvb_shredder,
    qlvb_supervision,
    qlvb_supervision_line,
    qlvb_unit,
    res_users,
)
