import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { deserializeDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { PdfViewerField, pdfViewerField } from "@web/views/fields/pdf_viewer/pdf_viewer_field";

/** How what the server has read becomes what a field of the form holds. */
const readers = {
    date: deserializeDate,
    many2one: ([id, name]) => ({ id, display_name: name }),
};

const PREFERENCES = "pdfjs.preferences";

/**
 * Tells the viewer to run no program that a PDF with form fields may carry: an official
 * paper has none, and Debian's package lacks the part that would keep it in bounds.
 */
function refuseScripts() {
    const chosen = JSON.parse(browser.localStorage.getItem(PREFERENCES) || "{}");
    if (chosen.enableScripting !== false) {
        const refusing = { ...chosen, enableScripting: false };
        browser.localStorage.setItem(PREFERENCES, JSON.stringify(refusing));
    }
}

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

    get words() {
        return {
            add: _t("Add the scan (PDF)"),
            replace: _t("Replace the scan"),
            none: _t("No scan yet"),
            stored: _t("No scan is stored with this document."),
            place: _t("The scan shows here beside what you type."),
            wrong: _t("The scan must be a PDF file. Choose another file."),
        };
    }

    get fileName() {
        const { fileNameField, record } = this.props;
        return (fileNameField && record.data[fileNameField]) || _t("Scan");
    }

    get url() {
        const url = super.url;
        return url && `${url}&zoom=page-width`;
    }

    setup() {
        super.setup();
        this.orm = useService("orm");
        refuseScripts();
    }

    /**
     * Asks what the scan says, before it is kept, and fills in what is still empty.
     *
     * @returns {Promise<Object|null>} changes; null where the file may not enter
     */
    async readScan(name, data) {
        const { record } = this.props;
        try {
            const read = await this.orm.silent.call("qlvb.document", "action_read_scan", [
                name,
                data,
                record.data.unit_id?.id,
            ]);
            const changes = {};
            for (const [field, value] of Object.entries(read)) {
                if (!record.data[field]) {
                    changes[field] = readers[record.fields[field].type]?.(value) ?? value;
                }
            }
            return changes;
        } catch (error) {
            const said = error?.data?.message || _t("The file could not be read.");
            this.notification.add(said, { title: name, type: "danger", sticky: true });
            return null;
        }
    }

    async onFileUploaded({ data, name, objectUrl, type }) {
        if (type !== "application/pdf") {
            this.notification.add(this.words.wrong, { type: "warning" });
            return;
        }
        const read = await this.readScan(name, data);
        if (!read) {
            return;
        }
        this.state.isValid = true;
        this.state.objectUrl = objectUrl;
        const changes = { ...read, [this.props.name]: data };
        if (this.props.fileNameField) {
            changes[this.props.fileNameField] = name;
        }
        return this.props.record.update(changes);
    }
}

export const scanField = {
    ...pdfViewerField,
    component: ScanField,
    displayName: _t("Scan"),
    extractProps: ({ attrs }) => ({ fileNameField: attrs.filename }),
};

registry.category("fields").add("qlvb_scan", scanField);
