// How memory goes back to the system.
#pragma once

namespace tenon::app {

/// Has memory that is free for ten seconds given back, by a thread of the allocator's own. Called once, before threads
/// of the service allocate.
void give_memory_back();

}  // namespace tenon::app
