from . import mail_compose_message, qlvb_sign_in_policy
