// Reads hosts and ports as libpq does, and looks all names up at once.
#include "postgres/hosts.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string_view>

#include "loop/host_lookup.hpp"

namespace tenon::db {
namespace {

using options = std::map<std::string, std::string, std::less<>>;

/// Those that have a value. Frees `from`.
options values_of(PQconninfoOption* from) {
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> owner(from, &PQconninfoFree);
    options out;
    for (const PQconninfoOption* each = from; each != nullptr && each->keyword != nullptr; ++each)
        if (each->val != nullptr) out.emplace(each->keyword, each->val);
    return out;
}

/// An empty text is one empty entry, as libpq has it.
std::vector<std::string> entries_of(std::string_view list) {
    std::vector<std::string> out;
    while (true) {
        const std::size_t comma = list.find(',');
        out.emplace_back(list.substr(0, comma));
        if (comma == list.npos) return out;
        list.remove_prefix(comma + 1);
    }
}

void append(std::string& list, const std::string& entry, bool is_first) {
    if (!is_first) list += ',';
    list += entry;
}

}  // namespace

bool postgres_hosts::host::is_name() const {
    // What begins with '/' or '@' is a socket; an empty one is libpq's own socket.
    return !name.empty() && name.front() != '/' && name.front() != '@' && !is_address(name);
}

postgres_hosts::postgres_hosts(const std::string& url) {
    options given = values_of(PQconninfoParse(url.c_str(), nullptr));
    if (given.contains("service")) return;
    given.merge(values_of(PQconndefaults()));
    if (given.contains("hostaddr") || !given.contains("host")) return;
    const std::vector<std::string> names = entries_of(given["host"]);
    const std::vector<std::string> ports = entries_of(given["port"]);
    if (ports.size() != 1 && ports.size() != names.size()) return;  // libpq says what is wrong
    for (std::size_t i = 0; i < names.size(); ++i) hosts_.push_back({names[i], ports[ports.size() == 1 ? 0 : i]});
}

bool postgres_hosts::have_names() const {
    return std::any_of(hosts_.begin(), hosts_.end(), [](const host& each) { return each.is_name(); });
}

void postgres_hosts::look_up(asio_event_loop& loop, std::function<void(std::optional<postgres_addresses>)> then) const {
    struct progress {
        std::vector<host> hosts;
        std::vector<std::vector<std::string>> found;
        std::size_t missing;
        std::function<void(std::optional<postgres_addresses>)> then;

        void take(std::size_t i, std::vector<std::string> addresses) {
            found[i] = std::move(addresses);
            if (--missing > 0) return;
            postgres_addresses out;
            bool is_first = true;
            for (std::size_t at = 0; at < hosts.size(); ++at) {
                for (const std::string& address : found[at]) {
                    append(out.host, hosts[at].name, is_first);
                    append(out.hostaddr, address, is_first);
                    append(out.port, hosts[at].port, is_first);
                    is_first = false;
                }
            }
            then(is_first ? std::nullopt : std::optional(std::move(out)));
        }
    };
    const auto shared = std::make_shared<progress>(
        progress{hosts_, std::vector<std::vector<std::string>>(hosts_.size()), hosts_.size(), std::move(then)});
    for (std::size_t i = 0; i < hosts_.size(); ++i) {
        auto take = [shared, i](std::vector<std::string> addresses) { shared->take(i, std::move(addresses)); };
        if (hosts_[i].is_name())
            look_up_host(loop, hosts_[i].name, take);
        else
            loop.post([take] { take({std::string()}); });  // libpq knows what to do with it
    }
}

}  // namespace tenon::db
