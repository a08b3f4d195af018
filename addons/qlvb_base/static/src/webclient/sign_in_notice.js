import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { redirect } from "@web/core/utils/urls";
import { session } from "@web/session";

const STEP_OWED = "odoo.addons.qlvb_base.models.ir_http_sign_in.StepOwed";

/** Tell people that their account is in use elsewhere too (Article 10.2). */
export const signInNotice = {
    dependencies: ["action", "bus_service", "notification", "orm"],
    start(env, { action, bus_service, notification, orm }) {
        const look = {
            name: _t("My sign-ins"),
            onClick: () => action.doAction("qlvb_base.qlvb_sign_in_action"),
        };
        const end = {
            name: _t("Sign the others out"),
            onClick: async () => {
                const ids = [session.user_context?.uid ?? session.uid];
                const next = await orm.call("res.users", "action_revoke_all_devices", [ids]);
                return action.doAction(next);
            },
        };
        const tell = (message) =>
            notification.add(message, {
                title: _t("Your account is in use elsewhere"),
                type: "warning",
                // Long enough to be read; it lies over the menu, and the history has it.
                autocloseDelay: 20000,
                buttons: [look, end],
            });

        for (const { device, address, moment } of session.other_sessions || []) {
            tell(_t("%(device)s, from %(address)s, since %(moment)s. Is it not you? Sign it out and change your password.", { device, address, moment }));
        }
        bus_service.subscribe("qlvb_sign_in", ({ mark, device, address, moment }) => {
            if (mark !== session.session_mark) {
                tell(_t("Somebody just signed in with it: %(device)s, from %(address)s, %(moment)s. Is it not you? Sign it out and change your password.", { device, address, moment }));
            }
        });
    },
};
registry.category("services").add("qlvb_sign_in_notice", signInNotice);

/** A step came to be owed while the page was open: lead there. */
registry.category("error_handlers").add(
    "qlvb_step_owed",
    (env, error, originalError) => {
        const owed = originalError instanceof RPCError && originalError.exceptionName === STEP_OWED;
        if (owed) {
            redirect("/odoo");
        }
        return owed;
    },
    { sequence: 1 }
);
