import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { useBus, useChildRef, useService } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";

/**
 * Names that an arrow leads to are taken by Enter or Tab; without an arrow what was
 * typed stays, for not every sender is known.
 */
export class SuggestionBox extends AutoComplete {
    static template = "qlvb_document.SuggestionBox";

    navigate(direction) {
        if (!direction) {
            this.state.activeSourceOption = null;
            return;
        }
        super.navigate(direction);
        if (!this.state.activeSourceOption) {
            // Past the last name: the first again.
            super.navigate(direction);
        }
    }

    async onInputKeydown(ev) {
        const hotkey = getActiveHotkey(ev);
        if (this.loadingPromise && ["arrowdown", "arrowup"].includes(hotkey)) {
            // The names on the screen are not yet those that fit what was typed.
            ev.preventDefault();
            await this.loadingPromise;
        }
        const chosen = this.isOpened && this.activeOption;
        if (chosen && hotkey === "tab") {
            this.selectOption(chosen);
        }
        return super.onInputKeydown(ev);
    }
}

/**
 * A text field that offers, while one types, who has written before: arrow and Enter
 * take a name over, Tab keeps what was typed.
 */
export class IssuerField extends CharField {
    static template = "qlvb_document.IssuerField";
    static components = { ...CharField.components, SuggestionBox };

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.inputRef = useChildRef();
        const { bus } = this.props.record.model;
        useBus(bus, "NEED_LOCAL_CHANGES", ({ detail }) => detail.proms.push(this.keep()));
        useBus(bus, "WILL_SAVE_URGENTLY", () => this.keep());
    }

    /** Keeps what stands in the box, typed or taken. */
    async keep() {
        const { name, readonly, record } = this.props;
        const value = this.inputRef.el && this.parse(this.inputRef.el.value);
        if (!readonly && this.inputRef.el && value !== (record.data[name] || "")) {
            await record.update({ [name]: value || false });
        }
    }

    take(name) {
        // At once: whoever goes on typing must not bring back what stood here before.
        this.inputRef.el.value = name;
        return this.keep();
    }

    get sources() {
        return [{ options: (request) => this.suggest(request) }];
    }

    async suggest(request) {
        const { unit_id, reference } = this.props.record.data;
        if (!unit_id) {
            return [];
        }
        const names = await this.orm.silent.call("qlvb.sender", "suggest", [
            request,
            unit_id.id,
            reference || "",
        ]);
        return names.map((name) => ({
            label: name,
            onSelect: () => this.take(name),
        }));
    }
}

registry.category("fields").add("qlvb_issuer", {
    ...charField,
    component: IssuerField,
    displayName: _t("Issuer"),
    supportedTypes: ["char"],
});
