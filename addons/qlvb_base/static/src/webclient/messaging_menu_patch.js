import { MessagingMenu } from "@mail/core/public_web/messaging_menu";

import { patch } from "@web/core/utils/patch";

// The bell shows what was written on records.  There are no rooms beside them,
// nothing to install, and nothing is pushed through services outside the house.
patch(MessagingMenu.prototype, {
    get canPromptToInstall() {
        return false;
    },
    get shouldAskPushPermission() {
        return false;
    },
    get tabs() {
        return super.tabs.filter((tab) => tab.id === "notification");
    },
});
