// Routes of your own, mounted beside the generated ones.
#pragma once

#include <span>

#include <tenon/service/route.hpp>

namespace {{service.space}}::custom {

/// Defined in custom/routes.cpp.
std::span<const tenon::service::route> routes();

}  // namespace {{service.space}}::custom
