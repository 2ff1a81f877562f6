// Where a page ends, told in a cursor.
#include <tenon/db/record.hpp>
#include <tenon/paging/list_request.hpp>

namespace tenon::paging {

std::string detail::cursor_behind(const db::rows& found, std::size_t count, const list_request& request,
                                  const cursor_codec& cursors) {
    while (count > 1 && !db::has_id(found[count - 1])) --count;
    const db::row last = found[count - 1];
    return cursors.encode(request, last.cell(found.width() - 1), last.get<uuid>(0));
}

}  // namespace tenon::paging
