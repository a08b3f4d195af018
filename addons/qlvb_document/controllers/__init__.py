from . import qlvb_print, qlvb_upload
