// A folder on disk as a value: taken, compared, and put back. On a memory file system where there is one.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace tenon::gen {

struct folder_node {
    bool directory = false;
    mode_t permissions = 0;
    std::string content;

    bool operator==(const folder_node&) const = default;
};

/// Everything below a folder, by relative path. Links are not followed.
using folder_snapshot = std::map<std::string, folder_node>;

folder_snapshot take_snapshot(const std::filesystem::path& folder);
/// Changes just what differs between `now` (what is there) and `wanted`.
void put_back(const std::filesystem::path& folder, const folder_snapshot& now, const folder_snapshot& wanted);
/// The first paths that differ, for messages; empty when nothing does.
std::string difference(const folder_snapshot& a, const folder_snapshot& b);

/// A folder of its own for a test, removed at its end.
class scratch_folder {
  public:
    scratch_folder();
    ~scratch_folder();
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

void write_file(const std::filesystem::path& path, std::string_view content);
std::string read_file(const std::filesystem::path& path);

}  // namespace tenon::gen
