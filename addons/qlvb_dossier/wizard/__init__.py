from . import (
    qlvb_dossier_keep_wizard,
    qlvb_dossier_wizard,
    qlvb_order_wizard,
    qlvb_support_wizard,
    qlvb_support_wizard_line,
)
