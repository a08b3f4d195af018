import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { ScanField, scanField } from "./scan_field";

/** The PDF of what the office itself writes: nothing is read from it. */
export class PaperField extends ScanField {
    get words() {
        return {
            add: _t("Add the PDF"),
            replace: _t("Replace the PDF"),
            none: _t("No PDF yet"),
            stored: _t("No PDF is stored with this document."),
            place: _t("The PDF that gets signed shows here beside the fields."),
            wrong: _t("What gets signed must be a PDF file. Choose another file."),
        };
    }

    async readScan() {
        return {};
    }
}

registry.category("fields").add("qlvb_paper", {
    ...scanField,
    component: PaperField,
    displayName: _t("PDF of the document"),
});
