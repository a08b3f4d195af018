import { WarningDialog } from "@web/core/errors/error_dialogs";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Why Article 3 keeps a paper out; core would speak of a bug of the program. */
export class PaperRefusedDialog extends WarningDialog {
    inferTitle() {
        return _t("This paper does not enter the system");
    }
}

/** What is wrong with a file, and what to do. */
export class FileNotTakenDialog extends WarningDialog {
    inferTitle() {
        return _t("The file is not taken");
    }
}

const models = "odoo.addons.qlvb_document.models";
registry
    .category("error_dialogs")
    .add(`${models}.qlvb_admission_mixin.AdmissionRefused`, PaperRefusedDialog)
    .add(`${models}.qlvb_vetting.FileNotTaken`, FileNotTakenDialog);
