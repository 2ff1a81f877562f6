// SQLite without waiting for the disk.
#pragma once

namespace tenon::db {

/// As long as one lives, statements on its thread fail when they would have to wait for the disk or for a lock, or take
/// more than some thousand steps. `available` says whether this SQLite can do that, and no read was refused by its file
/// system.
class no_wait {
  public:
    no_wait();
    ~no_wait();
    no_wait(const no_wait&) = delete;
    no_wait& operator=(const no_wait&) = delete;

    static bool available();
    /// On this thread, now.
    static bool is_on();
};

}  // namespace tenon::db
