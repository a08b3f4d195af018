# What the others are built upon.
from . import qlvb_account_import_reader

# isort: split

from . import (
    mail_compose_message,
    qlvb_account_import,
    qlvb_account_import_problem,
    qlvb_account_refusal,
    qlvb_acting_wizard,
    qlvb_shorten_wizard,
    qlvb_sign_in_policy,
)
