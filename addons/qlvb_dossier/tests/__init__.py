from . import test_dossier_life
