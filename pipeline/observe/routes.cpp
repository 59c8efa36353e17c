// SPDX-License-Identifier: Apache-2.0
#include "pipeline/observe/routes.h"

#include <string>
#include <utility>

namespace copydesk::observe {

namespace {

HttpResponse plain(int status, std::string body) {
  return {status, "text/plain; charset=utf-8", std::move(body)};
}

}  // namespace

HttpServer::Routes worker_routes(const Metrics& metrics, const WorkerState& state) {
  HttpServer::Routes routes;
  routes.pages["/metrics"] = [&metrics] {
    return HttpResponse{200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()};
  };
  routes.pages["/healthz"] = [] { return plain(200, "ok\n"); };
  routes.pages["/readyz"] = [&state] {
    // Partitions are given only to a worker whose input is connected, and the start has asked for the output topic.
    if (state.stopping) return plain(503, "stopping\n");
    if (state.input_missing) return plain(503, "the input topic is missing\n");
    if (!state.assigned_once) return plain(503, "waiting for partitions of the group\n");
    return plain(200, "ready\n");
  };
  return routes;
}

}  // namespace copydesk::observe
