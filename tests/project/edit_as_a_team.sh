#!/usr/bin/env bash
# A team's edits of examples/starter, of every kind: in generated code, in regions, in hooks and routes that are theirs,
# files of their own, files changed and deleted that came with the project.   edit_as_a_team.sh PROJECT
set -euo pipefail
here=$(cd "${BASH_SOURCE%/*}" && pwd)
cd "$1"
# In a file that is going to move with its entity, next to code that changes.
sed -i 's|^task<result<response>> create_comment(tenant_call& call) {|// Ours: remarks are short-lived.\n&|' src/api/comment_handlers.cpp
# In a handler: a rule of their own.
"$here/rule_in_a_handler.sh"
# In a generated model: a function of their own.
sed -i 's|^namespace {$|namespace {\n\n/// Ours.\n[[maybe_unused]] constexpr int house_number = 7;|' src/domain/task.cpp
# In three files of an entity that is going to be dropped: hooks, a model and a test.
for file in src/custom/label_hooks.cpp src/domain/label.cpp tests/entities/label_test.cpp; do printf '\n// Ours.\n' >>"$file"; done
# A source and a test of their own, in the folders they belong to.
cat >src/domain/urgency.hpp <<'CODE'
// Ours.
#pragma once

#include "domain/task.hpp"

namespace starter::domain {

bool is_urgent(const task& value);

}  // namespace starter::domain
CODE
cat >src/domain/urgency.cpp <<'CODE'
// Ours.
#include "domain/urgency.hpp"

namespace starter::domain {

bool is_urgent(const task& value) {
    return value.priority >= 4;
}

}  // namespace starter::domain
CODE
chmod 700 src/domain/urgency.cpp
cat >tests/urgency_test.cpp <<'CODE'
// Ours.
#include "domain/urgency.hpp"

#include <gtest/gtest.h>

TEST(urgency, begins_with_four) {
    starter::domain::task one;
    one.priority = 4;
    EXPECT_TRUE(starter::domain::is_urgent(one));
}
CODE
# A hook and a route.
python3 - <<'PY'
def edit(path, old, new):
    text = open(path).read()
    assert text.count(old) == 1, (path, old)
    open(path, "w").write(text.replace(old, new))
edit("src/custom/task_hooks.cpp", "  public:\n", '''  public:
    tenon::task<tenon::result<void>> before_create(tenon::http::tenant_call&, tenon::db::tenant_transaction&,
        domain::new_task& input) override {
        if (input.title == "nothing") co_return tenon::error(tenon::errc::forbidden, "Nobody needs this.");
        co_return tenon::result<void>();
    }
''')
edit("src/custom/routes.cpp", "std::span<const tenon::http::route> routes() {\n", '''namespace {

tenon::task<tenon::result<tenon::http::response>> ping(tenon::http::user_call&) {
    co_return tenon::http::ok("{}");
}

}  // namespace

std::span<const tenon::http::route> routes() {
    static constexpr tenon::http::route table[] = {
        tenon::http::user_route(tenon::http::method::get, "/v1/ping", "ping", ping),
    };
''')
edit("src/custom/routes.cpp", "    return {};\n", "    return table;\n")
# In regions that are kept, and outside of them.
edit("CMakeLists.txt", "# tenon:begin custom targets\n", "# tenon:begin custom targets\nadd_custom_target(house)\n")
edit("Dockerfile", "# tenon:begin custom build\n", "# tenon:begin custom build\nRUN true\n")
edit("Dockerfile", "EXPOSE 8080\n", "EXPOSE 9090\n")
edit("compose.yaml", '"127.0.0.1:8080:8080"', '"127.0.0.1:9090:8080"')
PY
printf '\n# Ours.\nEXTRA_URL=https://example.com\n' >>.env.example
printf 'Our notes on operating this.\n' >>README.md
printf '*.png binary\n* text=auto\n' >>.gitattributes
printf '/notes/\n' >>.gitignore
printf '\nOur own pages lie elsewhere.\n' >>docs/architecture.md
printf '# Ours.\n' >>.github/workflows/ci.yaml
printf '# Ours.\n' >>openapi.yaml
# In the copy of the runtime, too.
printf '// Ours.\n' >>third_party/tenon/include/tenon/core/uuid.hpp
mkdir -p notes scripts
printf '#!/bin/sh\necho ours\n' >scripts/ours.sh
rm deploy/systemd.service
