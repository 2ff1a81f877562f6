// Specs as values that can be changed at random and written as YAML.
#pragma once

#include <string>
#include <vector>

#include "dice.hpp"

namespace tenon::gen {

struct made_field {
    std::string name;
    std::string type;
    std::string was;
};

struct made_entity {
    std::string name;
    std::string was;
    std::string plural;  ///< snake_case; empty: the regular one.
    std::string description;
    std::string reader = "guest";
    std::vector<made_field> fields;
};

struct made_spec {
    std::vector<made_entity> entities;
    std::vector<std::string> roles;  ///< Besides owner, member and guest.
    int serial = 0;                  ///< Makes names that were never used before.
    /// Names of entities that nothing has any more: given up in an earlier step, or in this one.
    std::vector<std::string> freed;
    std::vector<std::string> just_freed;
};

made_spec first_spec(dice& d);
/// One change; says which, for the report of a failure.
std::string change_spec(made_spec& s, dice& d);
/// One that changes names or drops an entity, and takes nothing away that code of a user may need of those that stay.
std::string change_names(made_spec& s, dice& d);
std::string to_yaml(const made_spec& s);

}  // namespace tenon::gen
