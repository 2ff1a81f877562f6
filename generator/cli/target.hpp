// The directory that is generated into: new, a project, or something else.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "generator/apply/apply.hpp"
#include "generator/cli/console.hpp"
#include "generator/impact/find_impacts.hpp"
#include "generator/migrate/migrate.hpp"

namespace tenon::gen {

enum class target_kind {
    fresh,     ///< Absent, or an empty directory: the project is built beside it and renamed into place.
    project,   ///< Has a manifest.
    occupied,  ///< Has files and no manifest: fine only when they are what would be generated anyway.
};

/// Whether a target will be written to. Only then it is locked, and what an interrupted run left is finished.
enum class access { read_only, write };

class target {
  public:
    static outcome<target> open(std::string directory, access how);

    target_kind kind() const { return kind_; }
    const std::string& directory() const { return directory_; }

    /// The project's migrations so far, and the schema that they lead to. `replace`: see read_history.
    outcome<migration_history> migrations(const std::vector<std::string>& replace) const;

    /// Judges `files`, after adding what only the project tells: what it has under other names, and what stays behind.
    outcome<plan> judge(tree& files, const model& product, const plan_origin& origin, const plan_wishes& wishes) const;
    /// What was generated last, as far as impacts are told from it.
    former_files former() const;
    /// The C++ that `p`, judged of `files`, leaves in its user's hands; see own_sources.
    outcome<std::map<std::string, std::string>> sources(const plan& p, const tree& files) const;
    /// Creates the project, or saves the plan for an existing one, and says so.
    outcome<exit_code> settle(const plan& p, const tree& files, const console& out) const;
    /// Makes a project of a tree that has no manifest: what is there stays, byte for byte. `p` was judged with the
    /// policy `mine`.
    outcome<exit_code> adopt(plan p, const tree& files, const console& out) const;
    /// Says how the project differs from the plan's outcome; writes nothing.
    outcome<exit_code> compare(const plan& p, const console& out) const;

  private:
    outcome<void> read_folder(const std::string& folder, std::map<std::string, std::string>& out) const;
    outcome<void> create(const plan& p, const tree& files) const;
    outcome<void> refuse_strangers(const plan& p) const;

    std::string directory_;
    target_kind kind_ = target_kind::fresh;
    std::unique_ptr<filesystem> project_;  ///< Nothing when the directory is absent.
    known_manifest known_;
};

/// Where a spec is generated to: `out` if given (below it, by service name, when there are several specs), the folder
/// of the spec if that is a project, else ./SERVICE.
std::string target_directory(const std::string& spec_path, const std::string& service, const std::string& out,
                             bool several);

/// Refuses a directory that another spec of the same run went to: `taken` holds those so far.
outcome<void> claim_directory(std::set<std::string>& taken, const std::string& directory);

}  // namespace tenon::gen
