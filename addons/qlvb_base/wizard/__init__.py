from . import mail_compose_message, qlvb_account_refusal
