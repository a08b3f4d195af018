from . import (
    test_dossier_life,
    test_export,
    test_export_door,
    test_export_verify,
    test_filing_lib,
    test_filing_list,
    test_filing_open,
    test_filing_print,
    test_filing_transfer,
)
