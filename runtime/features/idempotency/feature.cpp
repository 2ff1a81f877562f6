// Answers kept under the Idempotency-Key of requests.
#include "feature/feature.hpp"

namespace tenon::features::idempotency {

using namespace tenon::feature;

namespace {

/// `scope` is whose they are.
table kept_answers(std::string_view name, std::string_view scope) {
    return {.name = name,
            .columns = {{scope, column_type::uuid},
                        {"key_hash"},
                        {"fingerprint"},
                        {"attempt", column_type::uuid},
                        {.name = "answer", .nullable = true},
                        {"locked_until", column_type::instant},
                        {"expires_at", column_type::instant},
                        {"created_at", column_type::instant}},
            .primary_key = {scope, "key_hash"},
            .kept = {"expires_at"}};
}

table of_tenants() {
    table out = kept_answers("idempotency_keys", tenant_column);
    out.references = {{tenant_column, tenants_table}};
    out.indexes = {{.columns = {tenant_column, "expires_at"}}};
    return out;
}

/// Of requests outside of any tenant; those of nobody have a user of zeros, so there is nothing to refer to.
table of_users() {
    table out = kept_answers("user_idempotency_keys", "user_id");
    out.indexes = {{.columns = {"expires_at"}}};
    out.accesses = {{.who = viewer::user, .column = "user_id"}, {.who = viewer::service}};
    return out;
}

std::vector<setting> settings() {
    return {
        {.name = "KEPT_ANSWER_BYTES",
         .what = form::whole,
         .default_text = "268435456",
         .meaning =
             "answers kept for Idempotency-Keys per user, or per address without a user, in 24 hours and each process",
         .min = 4096,
         .max = 64LL * 1024 * 1024 * 1024},
    };
}

std::vector<problem> problems() {
    return {
        {"bad_idempotency_key", 400,
         "The Idempotency-Key has no character, more than 255, or some that are not visible ASCII.",
         "Send a fresh UUID for each new request."},
        {"idempotency_key_in_use", 409, "The first request under this Idempotency-Key is under way.", send_it_again},
        {"idempotency_key_reused", 422, "This Idempotency-Key was used for another request.",
         "Send a fresh UUID for each new request, and the same one only with the same request."},
        {"kept_answers_full", 429, "So many answers are kept under Idempotency-Keys that no more fit.", send_it_again},
    };
}

}  // namespace

feature::declaration declared() {
    return {.name = "idempotency",
            .needs = {"tenancy"},
            .tables = {of_tenants(), of_users()},
            .settings = settings(),
            .problems = problems(),
            .place = 6};
}

}  // namespace tenon::features::idempotency
