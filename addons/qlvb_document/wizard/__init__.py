# What others are built upon comes first.
from . import qlvb_book_reader

# isort: split

from . import (
    base_import_import,
    mail_compose_message,
    qlvb_act_wizard,
    qlvb_book_problem,
    qlvb_book_wizard,
    qlvb_correction_decision,
    qlvb_correction_wizard,
    qlvb_declaration_wizard,
    qlvb_order_wizard,
    qlvb_order_wizard_line,
    qlvb_print_wizard,
    qlvb_register_act_wizard,
    qlvb_register_wizard,
    qlvb_series_wizard,
    qlvb_supervision,
    qlvb_supervision_line,
)
