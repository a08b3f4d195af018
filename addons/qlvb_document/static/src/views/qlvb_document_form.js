import { useEffect } from "@odoo/owl";
import { useBus } from "@web/core/utils/hooks";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

const FIRST_FIELD = ".o_field_widget[name=reference] input";

/**
 * Sends along which revision of the draft the writer has read, so that of two
 * people who edit one draft the second is told and overwrites nothing; and shows a
 * document that was opened by a bare link in the form of its own direction.
 */
export class QlvbDraftFormController extends FormController {
    static direction = "out";

    setup() {
        super.setup();
        useEffect(
            () => {
                this.showOwnForm();
            },
            () => [this.model.root?.resId]
        );
    }

    async showOwnForm() {
        const { data, resId, resModel } = this.model.root || {};
        const other = resId && data.direction && data.direction !== this.constructor.direction;
        if (other && !this.env.inDialog) {
            const own = await this.orm.call(resModel, "get_formview_action", [[resId]]);
            await this.actionService.doAction(own, { stackPosition: "replaceCurrentAction" });
        }
    }

    async onWillSaveRecord(record, changes) {
        if ((await super.onWillSaveRecord(...arguments)) === false) {
            return false;
        }
        if (record.resModel === "qlvb.document" && record.resId) {
            changes.revision_seen = record.data.revision;
        }
    }

    /** What stands in the register or was submitted is never deleted, and nobody is offered to. */
    getStaticActionMenuItems() {
        const items = super.getStaticActionMenuItems();
        if (items.delete) {
            const { isAvailable } = items.delete;
            items.delete.isAvailable = () => {
                const { state, review_round } = this.model.root.data;
                return isAvailable() && state === "draft" && !review_round;
            };
        }
        return items;
    }
}

/** Goes on with the next paper of the stack, the cursor in its first field. */
export class QlvbDocumentFormController extends QlvbDraftFormController {
    static direction = "in";

    setup() {
        super.setup();
        useBus(this.env.bus, "QLVB:NEXT-PAPER", ({ detail }) => this.nextPaper(detail));
        useEffect(
            () => this.focusFirstField(),
            () => [this.model.root?.id]
        );
    }

    async nextPaper({ resId, defaults }) {
        this.goesOn = true;
        await this.model.load({
            resId: resId || false,
            context: { ...this.props.context, ...defaults },
        });
    }

    /** Also on a draft that waits, where the form itself would leave the cursor. */
    focusFirstField() {
        const { data, resId } = this.model.root || {};
        const waits = resId && data.can_edit && data.state === "draft";
        // On a phone the cursor would scroll the scan out of sight.
        if (!this.env.isSmall && (this.goesOn || waits)) {
            this.goesOn = false;
            const input = this.rootRef.el?.querySelector(FIRST_FIELD);
            input?.focus();
            input?.select();
        }
    }

    async create() {
        // What the paper before left is for its stack alone.
        this.model.config.context = this.props.context;
        return super.create();
    }
}

registry.category("views").add("qlvb_document_form", {
    ...formView,
    Controller: QlvbDocumentFormController,
});

registry.category("views").add("qlvb_document_form_out", {
    ...formView,
    Controller: QlvbDraftFormController,
});
