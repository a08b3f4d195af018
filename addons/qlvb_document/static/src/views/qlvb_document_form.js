import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

/**
 * Sends along which revision of the draft the writer has read, so that of two
 * people who edit one draft the second is told and overwrites nothing.
 */
export class QlvbDocumentFormController extends FormController {
    async onWillSaveRecord(record, changes) {
        if ((await super.onWillSaveRecord(...arguments)) === false) {
            return false;
        }
        if (record.resModel === "qlvb.document" && record.resId) {
            changes.revision_seen = record.data.revision;
        }
    }
}

registry.category("views").add("qlvb_document_form", {
    ...formView,
    Controller: QlvbDocumentFormController,
});
