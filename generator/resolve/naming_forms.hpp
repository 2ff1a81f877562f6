// A name in every form that generated files need, C++ identifiers for words that are not always one, and unique names.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// All forms of a name given in any case. `plural_form` is in snake case; empty: the English plural.
names forms_of(std::string_view name, std::string_view plural_form = {});

/// "a" or "an", by the sound that `phrase` (lower case) begins with.
std::string article_of(std::string_view phrase);

/// A valid snake-case C++ identifier for any text: keywords and the macros of the standard library get a '_' behind
/// them, a leading digit gets "value_" before it, and what no identifier may hold becomes '_'.
std::string cpp_identifier(std::string_view text);

/// The same for what generated code knows by that name already: the class of an entity in `domain`, the namespace of
/// its repository (from the plural) in `storage` and `api`, and the member of a field in its class.
std::string cpp_class(std::string_view entity);
std::string cpp_namespace(std::string_view plural);
std::string cpp_member(std::string_view field);

/// Hands out names, none of them twice.
class unique_names {
  public:
    /// `wanted`, or with the first of "_2", "_3", … that is free behind it.
    std::string take(const std::string& wanted);
    /// Like `take`, at most `max_bytes` long: a longer name is cut and ends in a hash of the whole of it.
    std::string take_short(const std::string& wanted, std::size_t max_bytes);
    /// Exactly this name; false when it was taken before.
    bool reserve(const std::string& wanted) { return taken_.insert(wanted).second; }
    bool has(const std::string& one) const { return taken_.contains(one); }

  private:
    std::set<std::string> taken_;
};

}  // namespace tenon::gen
