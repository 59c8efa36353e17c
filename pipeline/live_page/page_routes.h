// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "pipeline/live_page/live_feed.h"
#include "pipeline/observe/http_server.h"

namespace copydesk::live_page {

/// Adds the live page: `/`, its files and its `/events`, which at most `max_event_streams` pages read at once. `feed`
/// outlives the server.
void add_page(observe::HttpServer::Routes& routes, LiveFeed& feed, std::uint32_t max_event_streams);

}  // namespace copydesk::live_page
