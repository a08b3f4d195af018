import { Component, onWillStart, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";

const MINE = [
    ["direction", "=", "out"],
    ["waits_for_me", "=", true],
];
// As far as the badge tells.
const MOST = { limit: 100 };

/**
 * The number of outgoing documents that wait for this person to review, to sign or to
 * number, on every page; a click leads to them.  Counted anew whenever a page shows.
 */
export class WaitingMenu extends Component {
    static template = "qlvb_document.WaitingMenu";
    static props = {};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ count: 0 });
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.count());
        onWillStart(async () => {
            this.isOfficial = await user.hasGroup("qlvb_base.group_qlvb_user");
            // The page does not wait for a number.
            this.count();
        });
    }

    get title() {
        return _t("Outgoing documents that wait for you");
    }

    async count() {
        if (this.isOfficial) {
            const { silent } = this.orm;
            this.state.count = await silent.searchCount("qlvb.document", MINE, MOST);
        }
    }

    open() {
        this.action.doAction("qlvb_document.qlvb_document_action_out_waits", {
            clearBreadcrumbs: true,
        });
    }
}

registry
    .category("systray")
    .add("qlvb_document.WaitingMenu", { Component: WaitingMenu }, { sequence: 27 });
