// Abuses tried on a scene, with other users beside them.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/load/abuse/abuser.hpp"
#include "tests/load/abuse/gauges.hpp"
#include "tests/load/abuse/scene.hpp"

namespace tenon::load_test {

struct trial_options {
    std::chrono::milliseconds length{400};
    std::size_t connections = 1'000;  ///< See `abuser_options`.
    std::uint64_t seed = 0;
    std::chrono::microseconds pause{5'000};  ///< Of the bystanders.
};

/// What was seen while abuses went on, and after them.
struct outcome {
    std::string name;
    std::uint64_t asked = 0;
    std::map<int, std::uint64_t> answers;  ///< To the abuser, by status.
    std::size_t peak_kib = 0;
    std::size_t resident_kib = 0;   ///< Afterwards.
    std::vector<report> others;     ///< Of a stranger: get, list, change; of a colleague: get, list.
    std::vector<std::string> held;  ///< Gauges that did not come back to what they were.

    std::uint64_t refused_others() const;
    /// What breaks the promise of docs/limits.md, as text; nothing when it holds.
    std::vector<std::string> broken_promises() const;
    /// One line for people.
    std::string text();
};

/// The promise: resident memory of the service.
inline constexpr std::size_t promised_kib = 256 * 1024;

class trials {
  public:
    /// `where` has to outlive it, and nobody else may use it.
    explicit trials(scene& where);

    /// One user at one address does all of them at the same time.
    outcome run(const std::vector<abuse>& together, const trial_options& options);

  private:
    scene& where_;
    gauges before_;
};

}  // namespace tenon::load_test
