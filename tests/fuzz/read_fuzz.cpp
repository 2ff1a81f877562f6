// Fuzzes the reader of specs: any bytes end in a spec or in diagnostics that can be printed, in bounded time.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "generator/read/read.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void read_with(const tenon::gen::source_text& source, bool accept_unsupported) {
    using namespace tenon::gen;
    read_options options;
    options.accept_unsupported = accept_unsupported;
    const auto found = read_spec(source, options);
    if (found) return;
    const diagnostics& wrong = found.error();
    require(!wrong.empty());
    require(wrong.items.size() <= options.max_reported);
    for (const diagnostic& one : wrong.items) {
        require(one.at.offset <= source.text.size());
        require(one.at.length <= source.text.size() - one.at.offset + 1);
        require(one.message.find('\n') == std::string::npos);
    }
    for (const auto format : {diagnostic_format::text, diagnostic_format::json, diagnostic_format::github})
        require(!print(wrong, source, format).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const tenon::gen::source_text source{"spec.yaml", std::string(reinterpret_cast<const char*>(data), size)};
    read_with(source, false);
    read_with(source, true);
    return 0;
}
