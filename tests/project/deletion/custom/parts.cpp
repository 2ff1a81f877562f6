// A setting with a rule of its own, and a part that can refuse to be made.
#include "custom/parts.hpp"

#include <stdexcept>

namespace library::custom {

settings read_settings(tenon::app::settings_reader& in) {
    settings out;
    in.text("TAG_WORD", out.tag_word);
    if (out.tag_word.find(' ') != std::string::npos) in.wrong("TAG_WORD", "must be one word");
    return out;
}

parts::parts(const settings& from) : tag_prefix(from.tag_word + " ") {
    if (from.tag_word == "impossible") throw std::runtime_error("nothing is called so");
}

}  // namespace library::custom
