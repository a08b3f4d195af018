from . import (
    base_import_import,
    mail_compose_message,
    qlvb_act_wizard,
    qlvb_declaration_wizard,
    qlvb_order_wizard,
    qlvb_order_wizard_line,
    qlvb_print_wizard,
    qlvb_register_wizard,
)
