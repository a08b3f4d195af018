import { Component, onWillStart, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";

const OPEN = [["is_open", "=", true]];

/**
 * The number of open reminders, on every page; a click leads to the list.  Counted
 * anew when the server says that they changed, and whenever the page is looked at
 * again, for finishing work settles its reminders without a word.
 */
export class ReminderMenu extends Component {
    static template = "qlvb_document.ReminderMenu";
    static props = {};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ count: 0 });
        const bus = useService("bus_service");
        bus.subscribe("qlvb.reminder", () => this.count());
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.count());
        onWillStart(async () => {
            this.isOfficial = await user.hasGroup("qlvb_base.group_qlvb_user");
            // The page does not wait for a number.
            this.count();
        });
    }

    get title() {
        return _t("Reminders");
    }

    async count() {
        if (this.isOfficial) {
            this.state.count = await this.orm.silent.searchCount("qlvb.reminder", OPEN);
        }
    }

    open() {
        this.action.doAction("qlvb_document.qlvb_reminder_action", {
            clearBreadcrumbs: true,
        });
    }
}

registry
    .category("systray")
    .add("qlvb_document.ReminderMenu", { Component: ReminderMenu }, { sequence: 26 });
