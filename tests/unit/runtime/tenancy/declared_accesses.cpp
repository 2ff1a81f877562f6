// The words of feature/tables.hpp, read as they are meant.
#include "declared_accesses.hpp"

#include <algorithm>

namespace tenon::test {
namespace {

bool covers(const feature::access& by, feature::command what) {
    return std::any_of(by.commands.begin(), by.commands.end(),
                       [what](feature::command each) { return each == feature::command::every || each == what; });
}

bool holds(const declared_row& row, std::string_view column, const std::string& text) {
    const auto at = row.find(column);
    return at != row.end() && at->second == text;
}

bool is_in(const asker& who, const declared_row& row, std::string_view column) {
    return who.tenant != nobody && holds(row, column, id_of_tenant(who.tenant));
}

bool is(const asker& who, const declared_row& row, std::string_view column) {
    return who.user != nobody && holds(row, column, id_of_user(who.user));
}

bool suits(const asker& who, const feature::access& by, const declared_row& row) {
    switch (by.who) {
        case feature::viewer::tenant:
            return is_in(who, row, by.column);
        case feature::viewer::user:
            return is(who, row, by.column);
        case feature::viewer::user_outside:
            return who.tenant == nobody && is(who, row, by.column);
        case feature::viewer::service:
            return who.service;
        case feature::viewer::owner:
            break;
    }
    return who.owner && who.service;
}

}  // namespace

bool declared_accesses::permits(const asker& who, const feature::table& table, const declared_row& row,
                                feature::command what) const {
    if (feature::is_of_tenants(table)) return is_in(who, row, feature::tenant_column);
    return std::any_of(table.accesses.begin(), table.accesses.end(),
                       [&](const feature::access& by) { return permits(who, by, row, what); });
}

bool declared_accesses::permits(const asker& who, const feature::access& by, const declared_row& row,
                                feature::command what) const {
    if (!covers(by, what)) return false;
    return by.through.table.empty() ? suits(who, by, row) : leads_to_a_row(who, by, row);
}

bool declared_accesses::leads_to_a_row(const asker& who, const feature::access& by, const declared_row& row) const {
    const auto own = row.find(by.through.own);
    if (own == row.end()) return false;
    for (const feature::table& there : rows_.tables()) {
        if (there.name != by.through.table) continue;
        for (const declared_row& theirs : rows_.of(there.name)) {
            if (holds(theirs, by.through.theirs, own->second) && suits(who, by, theirs) &&
                permits(who, there, theirs, feature::command::select))
                return true;
        }
    }
    return false;
}

bool declared_accesses::may_be_given(const feature::table& table, feature::command what) {
    return feature::is_of_tenants(table) ||
           std::any_of(table.accesses.begin(), table.accesses.end(), [what](const feature::access& by) {
               return by.who != feature::viewer::owner && covers(by, what);
           });
}

}  // namespace tenon::test
