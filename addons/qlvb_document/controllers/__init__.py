from . import qlvb_book, qlvb_print, qlvb_template, qlvb_upload
