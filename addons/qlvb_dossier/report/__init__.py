from . import qlvb_form_dossier  # isort: skip
from . import qlvb_form_archive  # isort: skip
from . import qlvb_form  # isort: skip
