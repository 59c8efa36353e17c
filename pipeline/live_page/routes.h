#pragma once
#include <cstdint>

#include "pipeline/delivery/worker.h"
#include "pipeline/live_page/live_feed.h"
#include "pipeline/observe/http_server.h"
#include "pipeline/observe/metrics.h"

namespace copydesk {

/// What there is to see of a worker: `/metrics`, `/healthz`, `/readyz`, and with a feed the live page `/`, its files
/// and its `/events`. All arguments outlive the server; `feed` may be null: no page.
[[nodiscard]] HttpServer::Routes watch_routes(const Metrics& metrics, const WorkerState& state, LiveFeed* feed,
                                              std::uint32_t max_event_streams);

}  // namespace copydesk
