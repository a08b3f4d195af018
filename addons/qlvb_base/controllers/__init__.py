from . import export, first_steps, sign_in
