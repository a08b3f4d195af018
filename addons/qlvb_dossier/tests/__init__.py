from . import (
    test_dossier_documents,
    test_dossier_doors,
    test_dossier_frozen,
    test_dossier_isolation,
    test_dossier_life,
    test_dossier_purge,
    test_dossier_tasks,
    test_material,
    test_opinion,
)
