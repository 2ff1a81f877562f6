// Handlers that are the same in every product; a product's route table mounts them beside its own.
#pragma once

#include <tenon/core/task.hpp>
#include <tenon/service/call.hpp>

namespace tenon::app {

/// GET /health: 200 while the process can answer; touches no dependency.
task<result<http::response>> health(service::open_call& call);
/// GET /ready: 200 when the database answers, its migrations are those of this program, it can store changes and keeps
/// tenants apart, and no drain has begun; else 503. Either has the state of each dependency under `checks`.
task<result<http::response>> ready(service::open_call& call);
/// GET /metrics: Prometheus text format, with what /ready would say now; needs `Authorization: Bearer $METRICS_TOKEN`
/// when that variable is set.
task<result<http::response>> metrics(service::open_call& call);
/// GET /openapi.yaml
task<result<http::response>> openapi(service::open_call& call);
/// GET /openapi.json
task<result<http::response>> openapi_json(service::open_call& call);
/// GET /openapi.html: the document as a page, without scripts and without anything from elsewhere.
task<result<http::response>> openapi_page(service::open_call& call);
/// GET /problems/{code}: a page about one code of problem documents.
task<result<http::response>> problem(service::open_call& call);

}  // namespace tenon::app
