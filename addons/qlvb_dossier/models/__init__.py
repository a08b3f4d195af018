# Mixins first, each after those that it is built upon.
from . import (
    qlvb_dossier_paper_mixin,
    qlvb_dossier_part_mixin,
    qlvb_filed_mixin,
    qlvb_on_dossier_mixin,
    qlvb_opinion_asked_mixin,
)

# isort: split

from . import qlvb_dossier_workflow

# isort: split

from . import qlvb_dossier_index

# isort: split

from . import (
    qlvb_dossier_acts,
    qlvb_dossier_board,
    qlvb_dossier_contents,
    qlvb_dossier_frozen,
    qlvb_dossier_hands,
    qlvb_dossier_progress,
    qlvb_dossier_support,
    qlvb_dossier_export_files,
    qlvb_dossier_export_package,
    qlvb_dossier_export_pdf,
    qlvb_dossier_export,
    qlvb_dossier_filing,
    qlvb_dossier_desk,
    qlvb_dossier_transfer,
)

# isort: split

from . import (
    ir_attachment,
    qlvb_archive_transfer,
    qlvb_archive_transfer_line,
    qlvb_assignment,
    qlvb_assignment_opinion,
    qlvb_correction,
    qlvb_document,
    qlvb_dossier,
    qlvb_dossier_counter,
    qlvb_dossier_decision,
    qlvb_dossier_document,
    qlvb_dossier_entry,
    qlvb_dossier_heading,
    qlvb_dossier_keeping,
    qlvb_dossier_list,
    qlvb_dossier_stay,
    qlvb_dossier_task,
    qlvb_dossier_type,
    qlvb_dossier_type_task,
    qlvb_extension,
    qlvb_handover,
    qlvb_handover_line,
    qlvb_journal,
    qlvb_material,
    qlvb_material_version,
    qlvb_opinion,
    qlvb_order,
    qlvb_purge,
    qlvb_replan,
    qlvb_reminder,
    qlvb_result,
    qlvb_urge,
)
