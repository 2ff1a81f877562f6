// Made once.
#include "generator/cli/editor_schema.hpp"

#include "generator/features/construct_schema.hpp"
#include "generator/support/resources.hpp"

namespace tenon::gen {

std::string_view editor_schema() {
    static const std::string text =
        with_constructs(find_resource("schemas/spec.schema.json").value_or(""), feature::documented_features());
    return text;
}

}  // namespace tenon::gen
