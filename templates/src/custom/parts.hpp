{{!tenon seeded}}
// Settings of your own, and what your hooks and routes share.
#pragma once

#include <string>

#include <tenon/app/settings.hpp>

namespace {{service.space}}::custom {

/// Environment variables of your own, each with its default. Name them in .env.example, compose.yaml and
/// tests/support/settings.hpp too, each of which has a place for them.
struct settings {
    // std::string greeting = "Welcome";
    // tenon::secret crm_token;
};

/// Called when the service starts, and by `--help`: reads all, and has no effects. What is wrong is told with what is
/// wrong in the service's other settings, and nothing starts.
settings read_settings(tenon::app::settings_reader& in);

/// Made before the first request, and gone after the last: clients, caches, what was computed once. Every event loop
/// uses it at once, so what changes in it needs a lock. Hooks are given it when they are made; a handler has it as
/// `call.services().parts().get<parts>()`.
class parts {
  public:
    /// What it throws stops the start, and is printed. It does not wait for anybody: nothing could end it.
    explicit parts(const settings& from);
};

}  // namespace {{service.space}}::custom
