// {{plural_title}} for the tests that all records pass. When a hook of yours asks for other values, write them here.
#include "support/resource_test.hpp"
#include "support/resources.hpp"

namespace {{service.space}}::tests {

const resource& {{snake}}_resource() {
    static const resource described{
        .name = "{{snake}}",
        .path = "{{route}}",
        .fields = {
            {{#test.fields}}
            {{initializer}},
            {{/test.fields}}
        },
        .roles = {
            {{#test.access}}
            {{initializer}},
            {{/test.access}}
        },
        {{#test.has_filters}}
        .filters = {
            {{#test.filters}}
            {{initializer}},
            {{/test.filters}}
        },
        {{/test.has_filters}}
        .sorts = {{test.sorts}},
        .usual_sort = {{test.usual_sort}},
        .search = {{test.search}},
        .soft_delete = {{#soft_delete}}true{{/soft_delete}}{{^soft_delete}}false{{/soft_delete}},
        .can_be_made = {{#test.can_be_made}}true{{/test.can_be_made}}{{^test.can_be_made}}false{{/test.can_be_made}},
        .actor = {{test.actor}},
        .rows = {{test.rows}},
    };
    return described;
}

INSTANTIATE_TEST_SUITE_P({{snake}}, resource_test, testing::Values(&{{snake}}_resource()), name_of);

}  // namespace {{service.space}}::tests
