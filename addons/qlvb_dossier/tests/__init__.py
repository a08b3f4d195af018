from . import (
    test_dossier_desk,
    test_dossier_dialogs,
    test_dossier_life,
    test_dossier_work_queries,
)
