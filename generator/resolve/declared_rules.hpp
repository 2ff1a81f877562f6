// Which rule of a spec says whose a declared permission is.
#pragma once

#include "feature/permissions.hpp"
#include "generator/read/spec.hpp"

namespace tenon::gen {

/// Null for what everybody may.
inline const access_rule* rule_of(const members_spec& members, feature::holders whose) {
    switch (whose) {
        case feature::holders::managers:
            return &members.manage;
        case feature::holders::settings:
            return &members.settings;
        case feature::holders::everybody:
            break;
    }
    return nullptr;
}

}  // namespace tenon::gen
