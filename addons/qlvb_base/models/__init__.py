# Mixins first: a model is built upon those that stand before it.
from . import (
    qlvb_audience_mixin,
    qlvb_input_mixin,
    qlvb_journal_chain,
    qlvb_journal_sight,
    qlvb_reading_mixin,
    qlvb_sealed_mixin,
    qlvb_sight_mixin,
    qlvb_span_mixin,
    qlvb_thread_mixin,
    qlvb_workflow_mixin,
)

# isort: split

from . import (
    base,
    ir_attachment,
    ir_binary,
    ir_embedded_actions,
    ir_filters,
    ir_http,
    ir_rule,
    ir_sealed,
    ir_ui_menu,
    mail_activity,
    mail_followers,
    mail_message,
    mail_notification,
    mail_scheduled_message,
    qlvb_absence,
    qlvb_access_log,
    qlvb_account_request,
    qlvb_account_request_check,
    qlvb_account_request_execution,
    qlvb_account_request_line,
    qlvb_calendar,
    qlvb_calendar_day,
    qlvb_delegation,
    qlvb_duty,
    qlvb_handover,
    qlvb_handover_line,
    qlvb_journal,
    qlvb_membership,
    qlvb_position,
    qlvb_sign_in,
    qlvb_staff,
    qlvb_unit,
    qlvb_work_field,
    res_device,
    res_groups,
    res_partner,
    res_users,
    res_users_access,
)

# Extensions of the models above.
# isort: split

from . import (
    qlvb_account_execution,
    qlvb_account_letter,
    qlvb_account_notice,
    qlvb_delegation_end,
    res_users_doors,
    res_users_review,
)
