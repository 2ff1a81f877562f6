// These are no templates: git would take a template's first line for a rule, in the repository that holds it.
#include "generator/render/git_attributes.hpp"

#include "generator/render/owner_header.hpp"

namespace tenon::gen {

void add_git_attributes(tree& files) {
    constexpr std::string_view text =
        "# Known by their digests: git must not change line ends here, whatever core.autocrlf says.\n* -text\n";
    for (const char* path : {".tenon/.gitattributes", "migrations/.gitattributes"}) {
        tree_file file;
        file.owner = owner_class::seeded;
        file.origin = "generator/render";
        file.content = with_owner_header(path, file.owner, file.origin, text);
        files.files.emplace(path, std::move(file));
    }
}

}  // namespace tenon::gen
