// Every endpoint of {{service.title}}.
#pragma once

#include <span>

#include <tenon/http/route.hpp>

namespace {{service.space}}::api {

std::span<const tenon::http::route> routes();

}  // namespace {{service.space}}::api
