// Snapshots; contents are small.
#include "folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace tenon::gen {

namespace fs = std::filesystem;

namespace {

std::string read_at(int directory, const char* name, std::size_t size) {
    std::string content(size, '\0');
    const int fd = ::openat(directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    const ssize_t got = ::read(fd, content.data(), size);
    ::close(fd);
    content.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return content;
}

/// Plain calls: these tests take thousands of snapshots.
void take_into(folder_snapshot& nodes, int parent, const char* name, const std::string& prefix) {
    const int fd = ::openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR* stream = ::fdopendir(fd);
    while (const dirent* item = ::readdir(stream)) {
        const std::string_view entry = item->d_name;
        if (entry == "." || entry == "..") continue;
        struct stat status {};
        ::fstatat(fd, item->d_name, &status, AT_SYMLINK_NOFOLLOW);
        const std::string path = prefix + item->d_name;
        folder_node node{S_ISDIR(status.st_mode), status.st_mode & 07777, {}};
        if (S_ISREG(status.st_mode)) node.content = read_at(fd, item->d_name, static_cast<std::size_t>(status.st_size));
        if (S_ISLNK(status.st_mode)) node.content = "a link";
        if (node.directory) take_into(nodes, fd, item->d_name, path + "/");
        nodes.emplace(path, std::move(node));
    }
    ::closedir(stream);
}

}  // namespace

std::string read_file(const fs::path& path) {
    return read_at(AT_FDCWD, path.c_str(), fs::file_size(path));
}

void write_file(const fs::path& path, std::string_view content) {
    if (!fs::exists(path.parent_path())) fs::create_directories(path.parent_path());
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (::write(fd, content.data(), content.size()) < 0) throw std::runtime_error("cannot write " + path.string());
    ::close(fd);
}

folder_snapshot take_snapshot(const fs::path& folder) {
    folder_snapshot nodes;
    take_into(nodes, AT_FDCWD, folder.c_str(), "");
    return nodes;
}

void put_back(const fs::path& folder, const folder_snapshot& now, const folder_snapshot& wanted) {
    for (auto at = now.rbegin(); at != now.rend(); ++at) {
        const auto same = wanted.find(at->first);
        if (same == wanted.end() || same->second.directory != at->second.directory) fs::remove(folder / at->first);
    }
    for (const auto& [path, node] : wanted) {
        const auto there = now.find(path);
        if (there != now.end() && there->second == node) continue;
        if (node.directory) {
            fs::create_directory(folder / path);
        } else {
            fs::remove(folder / path);
            write_file(folder / path, node.content);
        }
        ::chmod((folder / path).c_str(), node.permissions);
    }
}

std::string difference(const folder_snapshot& a, const folder_snapshot& b) {
    constexpr std::size_t enough = 400;
    std::string out;
    for (const auto& [path, node] : a) {
        const auto other = b.find(path);
        if (out.size() > enough) break;
        if (other == b.end()) {
            out += "only before: " + path + "\n";
        } else if (!(other->second == node)) {
            out += "differs: " + path + "\n";
        }
    }
    for (const auto& [path, node] : b) {
        if (!a.contains(path) && out.size() < 2 * enough) out += "only after: " + path + "\n";
    }
    return out;
}

scratch_folder::scratch_folder() {
    const char* memory = "/dev/shm";
    const fs::path parent = ::access(memory, W_OK) == 0 ? fs::path(memory) : fs::temp_directory_path();
    std::string pattern = (parent / "tenon-crash-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
}

scratch_folder::~scratch_folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

}  // namespace tenon::gen
