from . import account_template, export, first_password, first_steps, sign_in
