// Rows of the tables that features declare, made from the declarations alone: no table is known by its name here.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feature/feature.hpp"

namespace tenon::test {

/// A tenant or a user, by a letter.
inline constexpr char nobody = '-';         ///< None: the column is null, a session does not set it.
inline constexpr char whole_service = '0';  ///< The nil id: what belongs to the whole service.

struct owners {
    char tenant = nobody;
    char user = nobody;
};

/// A column's text by its name in the declaration; what is null is not there.
using declared_row = std::map<std::string, std::string, std::less<>>;

std::string id_of_tenant(char letter);
std::string id_of_user(char letter);

/// In the database of a product whose tenant is called "workspace", in quotes.
std::string sql_name(std::string_view declared);

/// Of all features, each behind those that it refers to.
std::vector<feature::table> declared_tables();

/// Rows of every table for each of some owners. Rows of the same owners refer to each other.
class declared_rows {
  public:
    declared_rows(std::vector<feature::table> tables, const std::vector<owners>& all);

    const std::vector<feature::table>& tables() const { return tables_; }
    /// Those that the database gets.
    const std::vector<declared_row>& of(std::string_view table) const { return rows_.at(std::string(table)); }
    /// A row that differs from that of the same owners, and from those with another number, wherever it can. None when
    /// the table cannot have it: a null where there must be a value, a reference to a row that cannot be.
    std::optional<declared_row> make(const feature::table& table, owners whose, int number = 0) const;
    /// The columns that say whose a row is, or lead to one that says so.
    std::vector<std::string_view> belonging(const feature::table& table) const;

    std::string insert(const feature::table& table, const declared_row& row) const;
    std::string insert_all() const;
    /// " WHERE …" that is true for this row alone.
    static std::string where(const feature::table& table, const declared_row& row);

  private:
    enum class meaning { none, tenant, user, row_elsewhere };
    struct origin {
        meaning what = meaning::none;
        std::string_view table = {};   ///< Of the row elsewhere,
        std::string_view column = {};  ///< and what of it.
    };
    static origin origin_of(const feature::table& table, std::string_view column);
    std::optional<std::string> value(const feature::table& table, const feature::column& column, owners whose,
                                     int number) const;
    const feature::table& named(std::string_view name) const;

    std::vector<feature::table> tables_;
    std::map<std::string, std::vector<declared_row>, std::less<>> rows_;
};

}  // namespace tenon::test
