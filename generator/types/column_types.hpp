// What the columns of tables hold, in a database and as parameters of lists.
#pragma once

namespace tenon::gen {

/// Each database has its own word for it: generator/migrate/.
enum class sql_type { uuid, text, integer, real, boolean, instant, date, decimal, json };

/// The enumerators of tenon::paging::column_type.
enum class list_column_type { text, integer, real, boolean, uuid, instant, date, decimal, enumeration };

}  // namespace tenon::gen
