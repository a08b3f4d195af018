import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";

const ASKS = "odoo.exceptions.RedirectWarning";
const CLOSE = "qlvb_dossier.qlvb_dossier_wizard_action_close";

/**
 * The board of dossiers: to move a card is to do an act, on the server.
 *
 * The card stays where it is until the act is done, and afterwards all columns are
 * drawn anew, so that neither place nor count ever shows what did not happen.
 */
export class DossierBoardRenderer extends KanbanRenderer {
    setup() {
        super.setup();
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
    }

    /** @override */
    async sortRecordDrop(dataRecordId, dataGroupId, params) {
        const { list } = this.props;
        if (list.groupByField?.name !== "state") {
            return super.sortRecordDrop(...arguments);
        }
        params.parent?.classList.remove("o_kanban_hover");
        const target = list.groups.find((group) => group.id === params.parent?.dataset.id);
        const record = list.records.find((one) => one.id === dataRecordId);
        if (!record || !target || dataGroupId === target.id) {
            return;
        }
        this.toggleProcessing(dataRecordId, true);
        try {
            await this.move(record, target);
        } finally {
            this.toggleProcessing(dataRecordId, false);
        }
    }

    async move(record, target) {
        if (target.value === "closed" && record.data.state === "completed") {
            // Its result is looked at before a dossier is closed.
            return this.ask(CLOSE, { active_id: record.resId, active_ids: [record.resId] });
        }
        let moved;
        try {
            [moved] = await this.orm.webSave(
                "qlvb.dossier",
                [record.resId],
                { state: target.value },
                {
                    context: this.props.list.context,
                    specification: { display_name: {}, state: {}, holder_text: {} },
                }
            );
        } catch (error) {
            if (error.exceptionName === ASKS) {
                const [, actionId, , context] = error.data.arguments;
                return this.ask(actionId, context);
            }
            throw error;
        }
        if (moved.state !== target.value) {
            this.notification.add(
                _t("Your part is finished. %(dossier)s is now with %(holder)s.", {
                    dossier: moved.display_name,
                    holder: moved.holder_text,
                }),
                { type: "info" }
            );
        }
        await this.props.list.model.load();
    }

    /** Open the dialog in which people give what the act needs. */
    ask(actionId, context) {
        return this.action.doAction(actionId, {
            additionalContext: { active_model: "qlvb.dossier", ...context },
            onClose: () => this.props.list.model.load(),
        });
    }
}

registry.category("views").add("qlvb_dossier_board", {
    ...kanbanView,
    Renderer: DossierBoardRenderer,
});
