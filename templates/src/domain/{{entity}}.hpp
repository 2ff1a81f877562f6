// {{title}}: what it holds, and which values are valid.
#pragma once

#include <cstdint>
{{#has_optionals}}
#include <optional>
{{/has_optionals}}
{{#has_texts}}
#include <string>
{{/has_texts}}
{{#has_enums}}
#include <string_view>
{{/has_enums}}
{{#has_vectors}}
#include <vector>
{{/has_vectors}}

{{#core_headers}}
#include <tenon/core/{{.}}.hpp>
{{/core_headers}}

namespace {{service.space}}::domain {

{{#targets}}
struct {{.}};
{{/targets}}
{{#has_targets}}

{{/has_targets}}
{{#enums}}
enum class {{enum_type}} {
    {{#values}}
    {{enumerator}},
    {{/values}}
};

{{/enums}}
{{#description_lines}}
/// {{.}}
{{/description_lines}}
struct {{type}} {
    tenon::id<domain::{{type}}> id;
    {{#fields}}
    {{#comment}}
    /// {{comment}}
    {{/comment}}
    {{cpp_member_type}} {{cpp_member}}{{cpp_default}};
    {{/fields}}
    tenon::user_id created_by;
    tenon::instant created_at;
    tenon::instant updated_at;
    {{#soft_delete}}
    std::optional<tenon::instant> deleted_at;
    {{/soft_delete}}
    std::int64_t version = 1;
};

/// What is given to make {{article}} {{lower_title}}.
struct new_{{snake}} {
    {{#fields}}
    {{cpp_member_type}} {{cpp_member}}{{cpp_default}};
    {{/fields}}
};

/// A change of some fields; the others stay as they are.
struct {{snake}}_changes {
    {{#changeable_fields}}
    tenon::patch<{{cpp_member_type}}> {{cpp_member}};
    {{/changeable_fields}}
    {{#has_changeable_fields}}

    {{/has_changeable_fields}}
    void apply_to(domain::{{type}}& target) const;
};

/// True when it names no field.
bool changes_nothing(const {{snake}}_changes& input);

/// Adds what is wrong, each under the JSON pointer of its field.
void validate(const new_{{snake}}& input, tenon::field_errors& errors);
void validate(const {{snake}}_changes& input, tenon::field_errors& errors);

}  // namespace {{service.space}}::domain
{{#enums}}

template <>
struct tenon::enum_names<{{service.space}}::domain::{{enum_type}}> {
    static constexpr std::string_view list[] = {{values_initializer}};
};
{{/enums}}
