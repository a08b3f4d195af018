import { useRef, useState } from "@odoo/owl";
import { Dropzone } from "@web/core/dropzone/dropzone";
import { useCustomDropzone } from "@web/core/dropzone/dropzone_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

export class ScanDropzone extends Dropzone {
    static template = "qlvb_document.ScanDropzone";
}

/**
 * A list on which a clerk drops a stack of scans: each becomes a draft.  One after the
 * other, so that one bad file stops none of those behind it.
 */
export class ScanListController extends ListController {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.scansInput = useRef("scansInput");
        this.taking = useState({ total: 0, done: 0 });
        useCustomDropzone(
            this.rootRef,
            ScanDropzone,
            { onDrop: (ev) => this.takeScans(ev.dataTransfer.files) },
            () => this.takesScans
        );
    }

    get takesScans() {
        return this.activeActions.create && !this.taking.total;
    }

    get takingText() {
        return _t("Taking scan %(done)s of %(total)s…", this.taking);
    }

    onScansChosen(ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        return this.takeScans(files);
    }

    async takeScans(fileList) {
        const files = [...fileList];
        if (!files.length || !this.takesScans) {
            return;
        }
        Object.assign(this.taking, { total: files.length, done: 0 });
        let taken = 0;
        for (const file of files) {
            this.taking.done += 1;
            taken += (await this.takeScan(file)) ? 1 : 0;
        }
        this.taking.total = 0;
        if (taken) {
            this.notification.add(
                _t("%s scans wait as drafts. Open the first, check it and register it.", taken),
                { type: "success" }
            );
            await this.model.load();
        }
    }

    async takeScan(file) {
        try {
            const url = await getDataURLFromFile(file);
            const content = url.slice(url.indexOf(",") + 1);
            await this.orm.silent.call(this.props.resModel, "action_take_scan", [
                file.name,
                content,
            ]);
            return true;
        } catch (error) {
            const said = error?.data?.message || _t("The file could not be read.");
            this.notification.add(said, { title: file.name, type: "danger", sticky: true });
            return false;
        }
    }
}

registry.category("views").add("qlvb_scan_list", {
    ...listView,
    Controller: ScanListController,
    buttonTemplate: "qlvb_document.ScanListButtons",
});
