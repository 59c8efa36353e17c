// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pipeline/observe/http_server.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/observe/worker_state.h"

namespace copydesk::observe {

/// What every worker serves: `/metrics`, `/healthz` and `/readyz`. The arguments outlive the server.
[[nodiscard]] HttpServer::Routes worker_routes(const Metrics& metrics, const WorkerState& state);

}  // namespace copydesk::observe
