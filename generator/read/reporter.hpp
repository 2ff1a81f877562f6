// Collects what is wrong with a spec while it is being read.
#pragma once

#include <string>
#include <vector>

#include "generator/support/diagnostics.hpp"

namespace tenon::gen {

class reporter {
  public:
    /// Without a hint, the one that helps with any mistake of the kind: nobody is left without.
    void report(code id, source_range at, std::string message, std::string hint = {});

    bool empty() const { return found_.empty(); }
    /// So much is wrong already that hints which cost a search are left out.
    bool plenty() const { return found_.size() > 1000; }

    /// Everything reported so far, by place, without repetitions; at most `most` of it, the rest counted.
    diagnostics take(std::size_t most);

  private:
    std::vector<diagnostic> found_;
};

}  // namespace tenon::gen
