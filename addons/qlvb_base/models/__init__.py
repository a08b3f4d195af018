# Mixins first: a model is built upon those that stand before it.
from . import (
    qlvb_audience_mixin,
    qlvb_input_mixin,
    qlvb_journal_chain,
    qlvb_workflow_mixin,
)

# isort: split

from . import (
    ir_http,
    ir_rule,
    qlvb_calendar,
    qlvb_calendar_day,
    qlvb_delegation,
    qlvb_journal,
    qlvb_membership,
    qlvb_position,
    qlvb_unit,
    qlvb_work_field,
    res_groups,
    res_users,
)
