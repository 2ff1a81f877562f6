// The trap of YAML's flow style: an unquoted comma ends a value.
#pragma once

#include "generator/read/reporter.hpp"
#include "generator/read/yaml.hpp"

namespace tenon::gen {

/// Finds `{score: decimal(3,2)}`, which arrives as `decimal(3` and a stray key `2)`, reports it, and puts the value
/// together again, so that it is read as meant and not complained about twice.
void mend_flow_commas(yaml_node& root, reporter& out);

}  // namespace tenon::gen
