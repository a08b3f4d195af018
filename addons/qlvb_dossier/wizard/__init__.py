from . import qlvb_dossier_keep_wizard
