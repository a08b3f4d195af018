import { registry } from "@web/core/registry";

/**
 * Says that an act was done on what this person no longer sees, and leads them back to
 * a list; nothing on the page before could be shown again.
 */
function doneAndAway(env, { params }) {
    env.services.notification.add(params.message, { type: "success" });
    return env.services.action.doAction(params.list, { clearBreadcrumbs: true });
}

registry.category("actions").add("qlvb_done_and_away", doneAndAway);
