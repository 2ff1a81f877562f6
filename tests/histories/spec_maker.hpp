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
    std::string description;
    std::string reader = "guest";
    std::vector<made_field> fields;
};

struct made_spec {
    std::vector<made_entity> entities;
    std::vector<std::string> roles;  ///< Besides owner, member and guest.
    int serial = 0;                  ///< Makes names that were never used before.
};

made_spec first_spec(dice& d);
/// One change; says which, for the report of a failure.
std::string change_spec(made_spec& s, dice& d);
std::string to_yaml(const made_spec& s);

}  // namespace tenon::gen
