// Random fields of every type, with every option that the type takes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spec_node.hpp"
#include "tests/histories/dice.hpp"

namespace tenon::gen {

/// What one index has room for.
constexpr std::size_t index_bytes = 2600;

struct made_field {
    std::string name;
    std::string type;    ///< "string", "ref": the word of the language, without suffixes.
    std::string target;  ///< Of a ref.
    bool array = false;
    bool optional = false;
    bool unique = false;
    spec_node node;          ///< As it stands in the spec.
    std::size_t bytes = 16;  ///< The most that a value takes in an index.

    bool is_text() const { return !array && (type == "string" || type == "email" || type == "url"); }
    bool can_be_indexed() const { return !array && type != "text" && type != "json" && bytes <= index_bytes; }
    bool can_be_unique() const { return can_be_indexed() && type != "float" && type != "bool" && type != "money"; }
    bool can_be_filtered() const { return !array && type != "text" && type != "json" && type != "money"; }
    bool can_be_sorted() const { return can_be_indexed() && type != "money" && type != "bool" && type != "ref"; }
};

/// A field that refers to nothing.
made_field make_value(const std::string& name, dice& d);
/// One that refers to `target`, an entity or User; `required` only where the spec allows it.
made_field make_ref(const std::string& name, const std::string& target, bool may_be_required, dice& d);

}  // namespace tenon::gen
