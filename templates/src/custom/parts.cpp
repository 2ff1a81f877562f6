{{!tenon seeded}}
// How your settings are read, and what is made of them.
#include "custom/parts.hpp"

namespace {{service.space}}::custom {

settings read_settings([[maybe_unused]] tenon::app::settings_reader& in) {
    settings out;
    // For example:
    //
    // in.text("GREETING", out.greeting);
    // in.secret("CRM_TOKEN", out.crm_token).required("what this service shows the CRM");
    return out;
}

parts::parts([[maybe_unused]] const settings& from) {}

}  // namespace {{service.space}}::custom
