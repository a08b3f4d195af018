import { MessagingMenu } from "@mail/core/public_web/messaging_menu";

import { patch } from "@web/core/utils/patch";

// The bell shows what was written on records.  There are no rooms beside them, and
// nothing is pushed through services outside the house.
patch(MessagingMenu.prototype, {
    get shouldAskPushPermission() {
        return false;
    },
    get _tabs() {
        return super._tabs.filter((tab) => tab.id === "notification");
    },
});
