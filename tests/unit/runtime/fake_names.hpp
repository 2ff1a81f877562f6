// A name server for the tests of a program that is linked with fake_names.cpp, which stands in for getaddrinfo.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tenon::test {

/// While it lives, names that end in ".test" are answered from here, and are unknown unless `know` was told. All other
/// names go to the system. One at a time; its end answers what is held.
class fake_names {
  public:
    fake_names();
    ~fake_names();
    fake_names(const fake_names&) = delete;
    fake_names& operator=(const fake_names&) = delete;

    void know(const std::string& name, const std::vector<std::string>& addresses);
    void forget(const std::string& name);
    /// From now on a look-up takes until `release`, or a minute.
    void hold();
    void release();
    /// Look-ups of such names that have begun.
    std::size_t asked() const;
};

}  // namespace tenon::test
