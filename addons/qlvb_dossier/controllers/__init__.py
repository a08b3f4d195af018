from . import qlvb_dossier_door
