// Reads the spec of the last generation from its copy below .tenon/base/.
#include "generator/cli/former_spec.hpp"

#include "generator/plan/manifest.hpp"
#include "generator/read/read.hpp"
#include "generator/render/renamed_words.hpp"
#include "generator/resolve/resolve.hpp"

namespace tenon::gen {
namespace {

outcome<std::optional<model>> former_model(filesystem& project) {
    const std::string path = base_copy_path(spec_path);
    TRY_ASSIGN(auto text, project.read(path, max_file_bytes));
    if (!text) return std::optional<model>();
    read_options options;
    options.earlier = true;
    const auto read = read_spec({path, std::move(text->content)}, options);
    return read ? std::optional(resolve(*read)) : std::nullopt;
}

}  // namespace

outcome<void> add_renames(tree& files, const model& product, filesystem& project) {
    TRY_ASSIGN(const std::optional<model> before, former_model(project));
    if (!before) return {};
    files.renames = renamed_words(&*before, product);
    files.renamed_subjects = renamed_subjects(*before, product);
    files.tables = renamed_tables(&*before, product);
    return {};
}

}  // namespace tenon::gen
