// A feature that tests switch on and off: it builds on notes.
#include "feature/feature.hpp"

namespace tenon::features::labels {

using namespace tenon::feature;

feature::declaration declared() {
    return {.name = "labels",
            .needs = {"notes"},
            .when = {.key = "labels", .meaning = "labels of notes"},
            .tables = {{.name = "note_labels",
                        .columns = {{tenant_column, column_type::uuid}, {"note_id", column_type::uuid}, {"label"}},
                        .primary_key = {tenant_column, "note_id", "label"},
                        .references = {{tenant_column, tenants_table}, {"note_id", "notes"}}}},
            .place = 21};
}

}  // namespace tenon::features::labels
