// In place of the parts that the project was made with: the word that hooks of notes look for is a setting.
#pragma once

#include <string>

#include <tenon/app/settings.hpp>

namespace library::custom {

struct settings {
    std::string tag_word = "tag";  ///< TAG_WORD
};

settings read_settings(tenon::app::settings_reader& in);

class parts {
  public:
    explicit parts(const settings& from);

    const std::string tag_prefix;
};

}  // namespace library::custom
