// What makes the hooks in use when the service starts, each in the file of its name.
#pragma once

#include <memory>

#include "custom/parts.hpp"

namespace {{service.space}}::hooks {

{{#entities}}
class {{snake}}_hooks;
{{/entities}}

}  // namespace {{service.space}}::hooks

namespace {{service.space}}::custom {

{{#entities}}
std::unique_ptr<hooks::{{snake}}_hooks> make_{{snake}}_hooks(parts& shared);
{{/entities}}

}  // namespace {{service.space}}::custom
