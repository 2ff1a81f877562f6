// Every kind of record that {{service.title}} keeps.
#pragma once

#include <vector>

#include "support/resource.hpp"

namespace {{service.space}}::tests {

{{#entities}}
const resource& {{snake}}_resource();
{{/entities}}

inline std::vector<const resource*> all_resources() {
    return {
        {{#entities}}
        &{{snake}}_resource(),
        {{/entities}}
    };
}

}  // namespace {{service.space}}::tests
