from . import export, first_password
