// The file system interface in memory, for tests: shows what was touched, and fails on demand.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "generator/support/filesystem.hpp"

namespace tenon::gen {

struct memory_node {
    node_kind kind = node_kind::file;
    std::string content;
    mode_t permissions = 0644;

    bool operator==(const memory_node&) const = default;
};

class memory_filesystem final : public filesystem {
  public:
    /// Every path but the root -> what is there. Tests read and set it as they like (`put` makes parents).
    std::map<std::string, memory_node, std::less<>> nodes;
    /// "write src/a.cpp", "rename a -> b", …: the calls that change something, in order; barriers included.
    std::vector<std::string> writes;
    /// "read src/a.cpp", "inspect …", "list …": the others.
    std::vector<std::string> reads;
    /// The call with this number (from 1) fails; 0: none does. `calls` counts.
    int fail_at = 0;
    /// All later calls fail as well, as after the death of the process.
    bool fail_for_good = false;
    int calls = 0;
    /// Whether two files can change places, as they cannot on some network file systems.
    bool can_exchange = true;
    /// Called with the number and the line in the log of a call that is about to be carried out: somebody else at work
    /// on the same files.
    std::function<void(int, const std::string&)> before_call;

    void put(std::string_view path, std::string_view content, mode_t permissions = 0644);
    void put_link(std::string_view path);
    /// The content of a file, or "(absent)".
    std::string content(std::string_view path) const;
    /// Path -> content of all files.
    std::map<std::string, std::string> files() const;

    outcome<node_info> inspect(std::string_view path) override;
    outcome<std::optional<file_data>> read(std::string_view path, std::uint64_t limit_bytes) override;
    outcome<std::vector<directory_entry>> list(std::string_view path) override;
    outcome<void> make_directories(std::string_view path) override;
    outcome<void> write(std::string_view path, std::string_view content, write_mode mode) override;
    outcome<void> rename(std::string_view from, std::string_view to) override;
    outcome<rename_result> rename_new(std::string_view from, std::string_view to) override;
    outcome<exchanged> exchange(std::string_view a, std::string_view b) override;
    outcome<void> remove(std::string_view path) override;
    outcome<bool> remove_directory(std::string_view path) override;
    outcome<void> set_permissions(std::string_view path, mode_t permissions) override;
    outcome<void> barrier() override;
    outcome<void> lock() override;
    void unlock() override { locked_ = false; }

  private:
    std::optional<failure> step(std::vector<std::string>& log, std::string entry);
    /// Refuses links on the way; absent parents are fine.
    std::optional<failure> blocked(std::string_view path) const;
    bool has_children(std::string_view path) const;

    bool locked_ = false;
};

}  // namespace tenon::gen
