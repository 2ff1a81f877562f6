// Every entity and every ref on one screen: what a deletion does, as data.
#include "storage/record_graph.hpp"

namespace {{service.space}}::storage {

namespace {

using tenon::records::on_delete;

/// Table, what people call one and several, number of the permission to read it, whether it has a bin, whether others
/// take it there, for how many seconds it stays (0: for ever), and the article of one.
constexpr tenon::records::kind kinds[] = {
    {{#kinds}}
    {{initializer}},  // {{number}}
    {{/kinds}}
};
{{#has_record_references}}

/// From which kind, to which, the column, and whether it may be empty.
constexpr tenon::records::reference references[] = {
    {{#record_references}}
    {{initializer}},
    {{/record_references}}
};
{{/has_record_references}}

}  // namespace

constinit const tenon::records::graph record_graph{kinds, {{#has_record_references}}references{{/has_record_references}}{{^has_record_references}}{}{{/has_record_references}}};

}  // namespace {{service.space}}::storage
