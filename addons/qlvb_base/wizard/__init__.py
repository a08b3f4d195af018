from . import (
    mail_compose_message,
    qlvb_account_refusal,
    qlvb_acting_wizard,
    qlvb_shorten_wizard,
)
