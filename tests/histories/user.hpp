// A user who edits a project at random, and remembers what was touched.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "dice.hpp"
#include "generator/support/memory_filesystem.hpp"
#include "spec_maker.hpp"

namespace tenon::gen {

/// What a person sees of a project: not Tenon's records, not the plan.
bool is_visible(std::string_view path);

class user {
  public:
    explicit user(dice& d) : dice_(d) {}

    /// One edit; says which. Every line written has a word that occurs nowhere else.
    std::string edit(memory_filesystem& disk);
    /// Appends a function that uses the entity and one of its fields to a file of the entity's; says where.
    std::string write_code(memory_filesystem& disk, const made_entity& about);
    /// Renames fields in the entity's hooks, as the spec did: those are the user's, and Tenon leaves them alone.
    void follow(memory_filesystem& disk, const made_entity& about);
    /// What the user's prose talks of from now on.
    void talk_of(std::vector<std::string> names) { names_ = std::move(names); }
    const std::set<std::string>& touched() const { return touched_; }

    /// The lines of prose written by users that occur in the project, in a file that a person sees.
    static std::set<std::string> words_in(const memory_filesystem& disk);

  private:
    std::string line(std::string_view path);
    std::string edit_text(const std::string& path, std::string& text);
    std::string pick_file(const memory_filesystem& disk);

    dice& dice_;
    std::set<std::string> touched_;
    int serial_ = 0;
    std::vector<std::string> names_;
};

}  // namespace tenon::gen
