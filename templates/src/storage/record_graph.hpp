// Which records refer to which, and what becomes of them when those are deleted.
#pragma once

#include <tenon/records/graph.hpp>

namespace {{service.space}}::storage {

/// All entities, in the order of the spec.
extern const tenon::records::graph record_graph;

}  // namespace {{service.space}}::storage
