// Reads as little of a URL as it takes to know that libpq will understand it as it was meant.
#include "postgres/url.hpp"

#include <libpq-fe.h>

#include <memory>
#include <string>

namespace tenon::db {
namespace {

error unreadable_url(std::string_view what) {
    return error(errc::invalid, "The database URL " + std::string(what) +
                                    "; postgresql://USER:PASSWORD@HOST:PORT/DATABASE?OPTION=VALUE is expected, with "
                                    "what is special in a part percent-encoded.");
}

/// An '@' or '/' that was not encoded ends the password early, and the rest of it passes for a host or a database.
bool has_stray_at(std::string_view url) {
    std::string_view rest = url.substr(url.find("://") + 3);
    const std::size_t mark = rest.find_first_of("@/");
    if (mark != rest.npos && rest[mark] == '@') rest.remove_prefix(mark + 1);
    return rest.substr(0, rest.find('?')).find('@') != rest.npos;
}

bool are_ports(std::string_view text) {
    return text.find_first_not_of("0123456789,") == text.npos;
}

}  // namespace

bool is_postgres_url(std::string_view url) {
    return url.starts_with("postgres://") || url.starts_with("postgresql://");
}

result<void> check_postgres_url(std::string_view url) {
    if (!is_postgres_url(url)) return unreadable_url("names no PostgreSQL");
    if (url.find('\0') != url.npos) return unreadable_url("has a zero byte");
    if (has_stray_at(url)) return unreadable_url("has an '@' too many");
    char* why = nullptr;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
        PQconninfoParse(std::string(url).c_str(), &why), PQconninfoFree);
    PQfreemem(why);
    if (!options) return unreadable_url("cannot be read");
    for (const PQconninfoOption* each = options.get(); each->keyword != nullptr; ++each) {
        const bool is_port = std::string_view(each->keyword) == "port";
        if (is_port && each->val != nullptr && !are_ports(each->val))
            return unreadable_url("has a port that is no number");
    }
    return {};
}

}  // namespace tenon::db
