// Doing steps once more.
#include "sqlite/change.hpp"

#include <functional>
#include <string_view>

namespace tenon::db {
namespace {

/// SQLite gives these only.
std::size_t digest_of(const value& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return std::hash<std::string_view>()(*text);
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::hash<std::int64_t>()(*number);
    if (const auto* real = std::get_if<double>(&cell)) return std::hash<double>()(*real);
    return 0;
}

}  // namespace

std::size_t digest_of(const rows& all) {
    std::size_t out = all.size() + static_cast<std::size_t>(all.affected()) * 31;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t column = 0; column < all.width(); ++column) {
            const value& cell = all[i].cell(column);
            out = out * 1'000'003 + digest_of(cell) * 9 + cell.index();
        }
    }
    return out;
}

result<void> run_again(sqlite_connection& connection, const step& one, const list_budget& lists,
                       clock::time_point until) {
    TRY_ASSIGN(const rows now, connection.run(one.asked, lists, until));
    if (!one.given || digest_of(now) == *one.given) return {};
    if (one.is_check)
        return error(errc::conflict, "A record that this refers to has been changed in the meantime.", "reference");
    return queue_full();
}

change change::of(write_work_ptr work) {
    change out(work);
    out.steps = std::move(work->checks);
    if (work->asked) out.steps.emplace_back(std::move(*work->asked));
    return out;
}

}  // namespace tenon::db
