from . import qlvb_print
