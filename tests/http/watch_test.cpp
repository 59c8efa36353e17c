// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "http_client.h"
#include "pipeline/live_page/page.h"
#include "pipeline/live_page/page_routes.h"
#include "pipeline/observe/routes.h"

namespace copydesk {
namespace {

using test::get;

class Watch : public testing::Test {
 protected:
  observe::Metrics metrics_{"1.2.3", "2.0.2"};
  observe::WorkerState state_;
  live_page::LiveFeed feed_{{}, [this] { return metrics_.figures(); }};

  [[nodiscard]] observe::HttpServer::Routes routes() {
    observe::HttpServer::Routes all = observe::worker_routes(metrics_, state_);
    live_page::add_page(all, feed_, 2);
    return all;
  }
};

TEST_F(Watch, ServesMetricsToPrometheus) {
  const observe::HttpServer server("127.0.0.1:0", routes());
  metrics_.consumed("wire.articles", 100);
  const auto answer = get(server.port(), "/metrics");
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.headers.find("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"), std::string::npos);
  EXPECT_NE(answer.body.find("copydesk_records_consumed_total{topic=\"wire.articles\"} 1\n"), std::string::npos);
}

TEST_F(Watch, IsReadyOnlyBetweenStartAndStop) {
  const observe::HttpServer server("127.0.0.1:0", routes());
  EXPECT_EQ(get(server.port(), "/healthz").status, 200);
  EXPECT_EQ(get(server.port(), "/readyz").status, 503);
  state_.assigned_once = true;
  EXPECT_EQ(get(server.port(), "/readyz").status, 200);
  state_.stopping = true;
  EXPECT_EQ(get(server.port(), "/readyz").status, 503);
  EXPECT_EQ(get(server.port(), "/healthz").status, 200);
}

TEST_F(Watch, ServesThePageAndItsFiles) {
  const observe::HttpServer server("127.0.0.1:0", routes());
  const auto index = get(server.port(), "/");
  EXPECT_EQ(index.status, 200);
  EXPECT_NE(index.headers.find("text/html; charset=utf-8"), std::string::npos);
  EXPECT_NE(index.body.find("<title>Copydesk</title>"), std::string::npos);
  for (const live_page::PageFile& file : live_page::page_files()) {
    if (file.name == "index.html") continue;
    const auto answer = get(server.port(), "/" + std::string(file.name));
    EXPECT_EQ(answer.status, 200) << file.name;
    EXPECT_EQ(answer.body, file.bytes) << file.name;
    EXPECT_NE(answer.headers.find(std::string(live_page::media_type(file.name))), std::string::npos) << file.name;
  }
}

TEST_F(Watch, ThePageAsksForNothingFromElsewhere) {
  for (const live_page::PageFile& file : live_page::page_files()) {
    if (!file.name.ends_with(".js") && !file.name.ends_with(".css") && !file.name.ends_with(".html")) continue;
    std::string text(file.bytes);
    // The name of SVG's namespace is no address that is ever asked for.
    const std::string svg = "http://www.w3.org/2000/svg";
    for (std::size_t at = text.find(svg); at != std::string::npos; at = text.find(svg)) text.erase(at, svg.size());
    EXPECT_EQ(text.find("://"), std::string::npos) << file.name;
    for (const char* danger : {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "style=\""}) {
      EXPECT_EQ(text.find(danger), std::string::npos) << file.name << " has " << danger;
    }
  }
}

TEST_F(Watch, StreamsEventsOfAWorker) {
  const observe::HttpServer server("127.0.0.1:0", routes());
  encode::Digest digest;
  digest.story.id = "a";
  feed_.published({.record = R"({"schema":"copydesk/enriched-article/1","id":"a","status":"usable","text":"hello"})",
                   .digest = digest});
  test::HttpConnection page(server.port(), "GET", "/events");
  page.read_until("event: figures\ndata: {\"at\":");
  const std::string& text = page.read_until("copydesk_build_info");
  EXPECT_NE(text.find("event: start\ndata: {\"instance\":"), std::string::npos);
  EXPECT_NE(text.find("event: history\ndata: ["), std::string::npos);
  EXPECT_NE(text.find("event: article\ndata: {\"schema\":"), std::string::npos);
  EXPECT_NE(text.find("\"copydesk_build_info\":[{\"labels\":{"), std::string::npos);
}

TEST_F(Watch, WithoutAPageThereIsNone) {
  const observe::HttpServer server("127.0.0.1:0", observe::worker_routes(metrics_, state_));
  EXPECT_EQ(get(server.port(), "/").status, 404);
  EXPECT_EQ(get(server.port(), "/events").status, 404);
  EXPECT_EQ(get(server.port(), "/metrics").status, 200);
}

}  // namespace
}  // namespace copydesk
