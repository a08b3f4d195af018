from . import (
    base_import_import,
    qlvb_act_wizard,
    qlvb_order_wizard,
    qlvb_order_wizard_line,
    qlvb_print_wizard,
    qlvb_register_wizard,
)
