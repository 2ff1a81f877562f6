// A folder for one test, gone with it.
#pragma once

#include <filesystem>
#include <string>

#include <stdlib.h>

namespace tenon::test {

class temporary_folder {
  public:
    temporary_folder() : path_((std::filesystem::temp_directory_path() / "tenon-test-XXXXXX").string()) {
        if (!::mkdtemp(path_.data())) std::abort();
    }
    ~temporary_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    const std::string& path() const { return path_; }
    std::string database_url() const { return "sqlite:" + path_ + "/test.db"; }

  private:
    std::string path_;
};

}  // namespace tenon::test
