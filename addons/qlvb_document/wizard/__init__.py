from . import (
    base_import_import,
    qlvb_act_wizard,
    qlvb_order_wizard,
    qlvb_order_wizard_line,
)
