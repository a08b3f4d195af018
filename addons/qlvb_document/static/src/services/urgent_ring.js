import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const TONES = [880, 660, 880];
const LENGTH = 0.18;

/** Three short tones, made here: no file, no answer where the browser keeps silent. */
function beep() {
    const Context = window.AudioContext || window.webkitAudioContext;
    if (!Context) {
        return;
    }
    const context = new Context();
    const gain = context.createGain();
    gain.gain.value = 0.15;
    gain.connect(context.destination);
    TONES.forEach((tone, place) => {
        const oscillator = context.createOscillator();
        oscillator.frequency.value = tone;
        oscillator.connect(gain);
        oscillator.start(context.currentTime + place * LENGTH);
        oscillator.stop(context.currentTime + (place + 0.8) * LENGTH);
    });
    setTimeout(() => context.close(), 1000 * LENGTH * (TONES.length + 1));
}

/**
 * An urgent paper has arrived: a notice that stays until it is closed, and a sound in
 * one of the tabs.  The server tells number and symbol, nothing else.
 */
export const urgentRing = {
    dependencies: ["action", "bus_service", "multi_tab", "notification"],
    start(env, { action, bus_service: bus, multi_tab: tabs, notification }) {
        bus.subscribe("qlvb.urgent", async ({ reference }) => {
            const close = notification.add(_t("Urgent document has arrived: %s", reference), {
                type: "danger",
                sticky: true,
                buttons: [
                    {
                        name: _t("Open what has arrived"),
                        primary: true,
                        onClick: () => {
                            close();
                            action.doAction("qlvb_document.qlvb_document_action_to_register", {
                                clearBreadcrumbs: true,
                            });
                        },
                    },
                ],
            });
            if (await tabs.isOnMainTab()) {
                beep();
            }
        });
    },
};

registry.category("services").add("qlvb_document.urgent_ring", urgentRing);
