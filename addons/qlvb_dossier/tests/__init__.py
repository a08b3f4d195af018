from . import (
    test_dossier_life,
    test_filing_lib,
    test_filing_list,
    test_filing_open,
    test_filing_transfer,
)
