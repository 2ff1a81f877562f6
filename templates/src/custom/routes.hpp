// Routes of your own, mounted beside the generated ones.
#pragma once

#include <span>

#include <tenon/http/route.hpp>

namespace {{service.space}}::custom {

/// Defined in custom/routes.cpp.
std::span<const tenon::http::route> routes();

}  // namespace {{service.space}}::custom
