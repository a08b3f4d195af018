import { registry } from "@web/core/registry";

/**
 * What the server returns once a paper is in the register and the clerk goes on with
 * the stack: says the number, and lets the open form take the next paper.
 */
registry.category("actions").add("qlvb_next_paper", async (env, { params }) => {
    if (params.closes) {
        // The dialog of the declaration, and with it the form as it was before.
        await env.services.action.doAction({ type: "ir.actions.act_window_close" });
    }
    env.services.notification.add(params.message, { type: "success" });
    env.bus.trigger("QLVB:NEXT-PAPER", params);
});
