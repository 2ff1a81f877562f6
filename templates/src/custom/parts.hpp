{{!tenon seeded}}
// Settings of your own, and what your hooks and routes share.
#pragma once

#include <tenon/app/settings.hpp>

namespace {{service.space}}::custom {

/// Environment variables of your own, each with its default. Name them in .env.example too.
struct settings {
    // std::string greeting = "Welcome";
    // tenon::secret crm_token;
};

/// Called when the service starts. What is wrong is told with what is wrong in its other settings, and nothing starts.
settings read_settings(tenon::app::settings_reader& in);

/// Made before the first request, and gone after the last: clients, caches, what was computed once. Every event loop
/// uses it at once, so what changes in it needs a lock. Hooks are given it when they are made; a handler has it as
/// `call.services().own().get<parts>()`.
class parts {
  public:
    /// What it throws stops the start.
    explicit parts(const settings& from);
};

}  // namespace {{service.space}}::custom
