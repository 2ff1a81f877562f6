// {{service.title}} put together: routes, permissions, migrations and names, as the runtime takes them.
#pragma once

#include <tenon/app/product.hpp>

namespace {{service.space}}::app {

/// Lives as long as the program.
const tenon::app::product& product();

}  // namespace {{service.space}}::app
