from . import account_template, export, first_password
