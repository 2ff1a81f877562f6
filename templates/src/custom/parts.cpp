{{!tenon seeded}}
// How your settings are read, and what is made of them.
#include "custom/parts.hpp"

namespace {{service.space}}::custom {

settings read_settings(tenon::app::settings_reader&) {
    settings out;
    // For example:
    //
    // in.text("GREETING", out.greeting);
    // in.required("CRM_TOKEN", ": what the CRM knows this service by");
    // in.secret("CRM_TOKEN", out.crm_token);
    return out;
}

parts::parts(const settings&) {}

}  // namespace {{service.space}}::custom
