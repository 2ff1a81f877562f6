// Names of limits.
#include "limits/tenant_key.hpp"

#include "crypto/digest.hpp"

namespace tenon::limits {
namespace {

constexpr std::size_t part_bytes_max = 64;

void append_part(std::string& out, std::string_view part) {
    if (part.size() > part_bytes_max) {
        out.append(crypto::sha256_hex(part));
        return;
    }
    for (const char c : part) {
        if (c == ':' || c == '%') {
            out.append(c == ':' ? "%3A" : "%25");
        } else {
            out += c;
        }
    }
}

std::string joined(std::string_view limit, std::initializer_list<std::string_view> parts) {
    std::string out;
    append_part(out, limit);
    for (const std::string_view part : parts) {
        out += ':';
        append_part(out, part);
    }
    return out;
}

}  // namespace

key tenant_key(tenant_id tenant, std::string_view limit, std::initializer_list<std::string_view> parts) {
    return key_access::make(tenant, joined(limit, parts));
}

key user_key(tenant_id tenant, std::string_view limit, user_id user) {
    return tenant_key(tenant, limit, {"user", user.to_string()});
}

key service_key(std::string_view limit, std::initializer_list<std::string_view> parts) {
    return key_access::make(std::nullopt, joined(limit, parts));
}

}  // namespace tenon::limits
