// Texts without tags, which most are, are not compiled.
#include "generator/render/phrase.hpp"

#include <stdexcept>
#include <utility>

namespace tenon::gen {

namespace {

[[noreturn]] void refuse(std::string_view text, const template_error& why) {
    throw std::logic_error("a feature declares '" + std::string(text) + "': " + why.message);
}

}  // namespace

phrase::phrase(std::string_view text) : plain_(text) {
    if (text.find("{{") == std::string_view::npos) return;
    auto made = compiled_template::compile(plain_, text);
    if (!made) refuse(plain_, made.error());
    words_ = std::move(*made);
}

std::string phrase::in(const std::vector<const view*>& scopes) const {
    if (!words_) return plain_;
    std::string out;
    if (const auto done = words_->render(scopes, out); !done) refuse(plain_, done.error());
    return out;
}

}  // namespace tenon::gen
