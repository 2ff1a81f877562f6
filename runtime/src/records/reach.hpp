// How far a deletion reaches, as the graph alone tells it.
#pragma once

#include <vector>

#include <tenon/records/graph.hpp>

namespace tenon::records {

enum class deletion { soft, for_good };

/// True when rows of `r.from` can go with the row that they name.
bool takes_along(const graph& all, const reference& r, deletion how);

/// A record in the bin that could never be restored, because it has to name a row that is gone: only in the bin it goes
/// with that row.
bool only_from_bin(const graph& all, const reference& r);

/// The kinds of which a deletion of a `root` can take rows, each once. What refers comes before what it refers to,
/// where there is no circle; so the root is the last.
std::vector<kind_number> reach(const graph& all, kind_number root, deletion how);

/// `kinds`, the reach of a deletion, in an order in which their rows can be deleted kind by kind: what must refer to
/// another comes before it. What may refer does so too, where that leads into no circle.
std::vector<kind_number> order_of_deletion(const graph& all, const std::vector<kind_number>& kinds);

bool is_among(const std::vector<kind_number>& kinds, kind_number one);

}  // namespace tenon::records
