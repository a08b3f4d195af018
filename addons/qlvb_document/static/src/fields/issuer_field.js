import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { useChildRef, useService } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";
import { useInputField } from "@web/views/fields/input_field_hook";

/** Names are taken by arrow and Enter; Tab goes on to the next field, past them. */
export class SuggestionBox extends AutoComplete {
    static template = "qlvb_document.SuggestionBox";
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
        useInputField({
            getValue: () => this.props.record.data[this.props.name] || "",
            parse: (value) => this.parse(value),
            ref: this.inputRef,
        });
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
            onSelect: () => this.props.record.update({ [this.props.name]: name }),
        }));
    }
}

registry.category("fields").add("qlvb_issuer", {
    ...charField,
    component: IssuerField,
    displayName: _t("Issuer"),
    supportedTypes: ["char"],
});
