// What whoever asks is told that they may not do.
#pragma once

#include <tenon/core/error.hpp>

namespace tenon::operation {

inline error not_allowed() {
    return error(errc::forbidden, "Your role does not allow this.");
}
inline error not_creator() {
    return error(errc::forbidden, "Your role allows this only for what you created yourself.", "not_creator");
}

}  // namespace tenon::operation
