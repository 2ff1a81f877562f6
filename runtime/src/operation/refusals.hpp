// What whoever asks is told that they may not do, or may not see.
#pragma once

#include <tenon/core/error.hpp>

namespace tenon::operation {

inline error not_allowed() {
    return error(errc::forbidden, "Your role does not allow this.");
}
/// One answer for what is not there and for what is somebody else's.
inline error nothing_here() {
    return error(errc::not_found, "There is nothing under this id.");
}
inline error not_creator() {
    return error(errc::forbidden, "Your role allows this only for what you created yourself.", "not_creator");
}

}  // namespace tenon::operation
