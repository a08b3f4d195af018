# Mixins first, each after those that it is built upon.
from . import (
    qlvb_dossier_paper_mixin,
    qlvb_dossier_part_mixin,
    qlvb_on_dossier_mixin,
    qlvb_opinion_asked_mixin,
)

# isort: split

from . import qlvb_dossier_workflow

# isort: split

from . import (
    qlvb_dossier_acts,
    qlvb_dossier_desk,
    qlvb_dossier_hands,
    qlvb_dossier_support,
)

# isort: split

from . import (
    qlvb_assignment,
    qlvb_document,
    qlvb_dossier,
    qlvb_dossier_decision,
    qlvb_dossier_document,
    qlvb_dossier_stay,
    qlvb_dossier_task,
    qlvb_dossier_type,
    qlvb_dossier_type_task,
    qlvb_extension,
    qlvb_journal,
    qlvb_opinion,
    qlvb_order,
    qlvb_reminder,
    qlvb_result,
    qlvb_urge,
)
