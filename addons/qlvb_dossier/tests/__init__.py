from . import (
    test_dossier_board,
    test_dossier_desk,
    test_dossier_dialogs,
    test_dossier_life,
    test_dossier_queries,
    test_dossier_work_queries,
    test_filing_lib,
    test_filing_list,
    test_filing_open,
    test_filing_transfer,
)
