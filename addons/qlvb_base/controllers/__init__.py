from . import export, first_password, first_steps, sign_in
