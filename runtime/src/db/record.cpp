// Rows that cannot be read, told to clients and to the log.
#include <tenon/db/record.hpp>
#include <tenon/observe/log.hpp>

namespace tenon::db {
namespace {

/// The name at a position of a list such as `"id", "due_at"`.
std::string_view name_at(std::string_view select_list, std::size_t position) {
    std::size_t open = select_list.find('"');
    for (; position > 0 && open != select_list.npos; --position) {
        const std::size_t close = select_list.find('"', open + 1);
        open = close == select_list.npos ? close : select_list.find('"', close + 1);
    }
    if (open == select_list.npos) return "?";
    return select_list.substr(open + 1, select_list.find('"', open + 1) - open - 1);
}

std::string listed(const std::vector<std::size_t>& columns, std::string_view select_list) {
    std::string out;
    for (const std::size_t each : columns) out.append(out.empty() ? "" : ", ").append(name_at(select_list, each));
    return out;
}

}  // namespace

std::string stored_id(const row& from) {
    if (const auto* id = std::get_if<uuid>(&from.cell(0))) return id->to_string();
    const auto* text = std::get_if<std::string>(&from.cell(0));
    return text ? text->substr(0, 64) : std::string("unknown");
}

bool has_id(const row& from) {
    const auto* text = std::get_if<std::string>(&from.cell(0));
    return std::holds_alternative<uuid>(from.cell(0)) || (text && uuid::parse(*text));
}

result<void> unreadable::check(std::string_view what, std::string_view select_list) const {
    if (columns_.empty()) return {};
    error out(errc::conflict,
              "The " + std::string(what) +
                  " is stored with values that cannot be read. Give these fields new ones, or delete it.",
              "unreadable");
    for (const std::size_t each : columns_)
        out.fields.push_back(field_error{"/" + std::string(name_at(select_list, each)), "cannot be read"});
    return out;
}

void unreadable::report(std::string_view table, std::string_view select_list, const row& from) const {
    if (columns_.empty()) return;
    const std::string id = stored_id(from);
    const std::string columns = listed(columns_, select_list);
    log::error("a stored record cannot be read", {{"table", table}, {"id", id}, {"columns", columns}});
}

result<void> unreadable::fail_write(const tenant_transaction& open, std::string_view select_list) const {
    if (columns_.empty() || open.is_committed()) return {};
    return error(errc::internal, "the database keeps something else than it was given, which cannot be read: " +
                                     listed(columns_, select_list));
}

}  // namespace tenon::db
