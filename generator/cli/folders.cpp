// Makes folders by their paths, outside of any project.
#include "generator/cli/folders.hpp"

#include <boost/filesystem.hpp>

namespace tenon::gen {

outcome<void> make_folder(const std::string& path) {
    boost::system::error_code code;
    boost::filesystem::create_directories(path, code);
    if (!code) return {};
    return failure{failure_kind::io, "cannot make the folder '" + path + "': " + code.message(),
                   "choose a place that you may write to"};
}

outcome<std::unique_ptr<filesystem>> open_or_make(const std::string& path) {
    TRY(make_folder(path));
    return open_directory(path);
}

}  // namespace tenon::gen
