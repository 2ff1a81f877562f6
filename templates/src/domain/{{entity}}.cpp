// {{title}}: the rules of its fields.
#include "domain/{{snake}}.hpp"

#include <tenon/core/check.hpp>

namespace {{service.space}}::domain {
{{#has_checks}}

namespace {
{{#checked_fields}}

void check_{{member}}(tenon::field_errors& errors, const {{cpp_type}}& value) {
    {{#whole_checks}}
    {{#is_pattern}}
    static const tenon::check::pattern allowed({{pattern_literal}});
    allowed(errors, "/{{member}}", value);
    {{/is_pattern}}
    {{^is_pattern}}
    tenon::check::{{call}}(errors, "/{{member}}", {{subject}}{{arguments}});
    {{/is_pattern}}
    {{/whole_checks}}
    {{#has_element_checks}}
    {{#has_element_pattern}}
    static const tenon::check::pattern allowed({{pattern_literal}});
    {{/has_element_pattern}}
    for (std::size_t i = 0; i < value.size(); ++i) {
        const std::string pointer = "/{{member}}/" + std::to_string(i);
        {{#element_checks}}
        {{#is_pattern}}
        allowed(errors, pointer, value[i]);
        {{/is_pattern}}
        {{^is_pattern}}
        tenon::check::{{call}}(errors, pointer, value[i]{{arguments}});
        {{/is_pattern}}
        {{/element_checks}}
    }
    {{/has_element_checks}}
}
{{/checked_fields}}

}  // namespace
{{/has_checks}}

void {{snake}}_changes::apply_to(domain::{{type}}& target) const {
    {{#changeable_fields}}
    {{cpp_member}}.apply_to(target.{{cpp_member}});
    {{/changeable_fields}}
    {{^changeable_fields}}
    static_cast<void>(target);
    {{/changeable_fields}}
}

bool changes_nothing(const {{snake}}_changes& input) {
    {{#changeable_fields}}
    if (input.{{cpp_member}}.present()) return false;
    {{/changeable_fields}}
    {{^changeable_fields}}
    static_cast<void>(input);
    {{/changeable_fields}}
    return true;
}

void validate(const new_{{snake}}& input, tenon::field_errors& errors) {
    {{#checked_fields}}
    {{#optional}}
    if (input.{{cpp_member}}) check_{{member}}(errors, *input.{{cpp_member}});
    {{/optional}}
    {{^optional}}
    check_{{member}}(errors, input.{{cpp_member}});
    {{/optional}}
    {{/checked_fields}}
    {{^has_checks}}
    static_cast<void>(input), static_cast<void>(errors);
    {{/has_checks}}
}

void validate(const {{snake}}_changes& input, tenon::field_errors& errors) {
    {{#checked_changeable_fields}}
    {{#optional}}
    if (input.{{cpp_member}}.present() && input.{{cpp_member}}.value()) {
        check_{{member}}(errors, *input.{{cpp_member}}.value());
    }
    {{/optional}}
    {{^optional}}
    if (input.{{cpp_member}}.present()) check_{{member}}(errors, input.{{cpp_member}}.value());
    {{/optional}}
    {{/checked_changeable_fields}}
    {{^checked_changeable_fields}}
    static_cast<void>(input), static_cast<void>(errors);
    {{/checked_changeable_fields}}
}

}  // namespace {{service.space}}::domain
