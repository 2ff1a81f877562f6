// Every kind of record that {{service.title}} keeps.
#pragma once

#include "support/resource.hpp"

namespace {{service.space}}::tests {

{{#entities}}
const resource& {{snake}}_resource();
{{/entities}}

}  // namespace {{service.space}}::tests
