import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { PdfViewerField, pdfViewerField } from "@web/views/fields/pdf_viewer/pdf_viewer_field";

/**
 * The scan beside the fields: core's PDF viewer, which also keeps the name of the
 * file, takes nothing but PDF, and says so where there is no scan.
 */
export class ScanField extends PdfViewerField {
    static template = "qlvb_document.ScanField";
    static props = {
        ...PdfViewerField.props,
        fileNameField: { type: String, optional: true },
    };

    get fileName() {
        const { fileNameField, record } = this.props;
        return (fileNameField && record.data[fileNameField]) || _t("Scan");
    }

    get url() {
        const url = super.url;
        return url && `${url}&zoom=page-width`;
    }

    onFileUploaded({ data, name, objectUrl, type }) {
        if (type !== "application/pdf") {
            this.notification.add(_t("The scan must be a PDF file. Choose another file."), {
                type: "warning",
            });
            return;
        }
        this.state.isValid = true;
        this.state.objectUrl = objectUrl;
        const changes = { [this.props.name]: data };
        if (this.props.fileNameField) {
            changes[this.props.fileNameField] = name;
        }
        return this.props.record.update(changes);
    }
}

registry.category("fields").add("qlvb_scan", {
    ...pdfViewerField,
    component: ScanField,
    displayName: _t("Scan"),
    extractProps: ({ attrs }) => ({ fileNameField: attrs.filename }),
});
