// Every endpoint of {{service.title}}.
#pragma once

#include <span>

#include <tenon/service/route.hpp>

namespace {{service.space}}::api {

std::span<const tenon::service::route> routes();

}  // namespace {{service.space}}::api
