#include "pipeline/live_page/routes.h"

#include <array>
#include <string>

#include "pipeline/live_page/page.h"

namespace copydesk {

namespace {

HttpResponse plain(int status, std::string body) {
  return {status, "text/plain; charset=utf-8", std::move(body)};
}

}  // namespace

std::string_view media_type(std::string_view name) noexcept {
  struct Type {
    std::string_view extension;
    std::string_view type;
  };
  static constexpr std::array kTypes{
      Type{".html", "text/html; charset=utf-8"},
      Type{".css", "text/css; charset=utf-8"},
      Type{".js", "text/javascript; charset=utf-8"},
      Type{".svg", "image/svg+xml"},
      Type{".woff2", "font/woff2"},
  };
  for (const Type& type : kTypes) {
    if (name.ends_with(type.extension)) return type.type;
  }
  return "text/plain; charset=utf-8";
}

HttpServer::Routes watch_routes(const Metrics& metrics, const WorkerState& state, LiveFeed* feed,
                                std::uint32_t max_event_streams) {
  HttpServer::Routes routes;
  routes.max_event_streams = max_event_streams;
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
  if (feed == nullptr) return routes;
  for (const PageFile& file : page_files()) {
    const bool index = file.name == "index.html";
    routes.pages[index ? "/" : "/" + std::string(file.name)] = [&file] {
      return HttpResponse{200, std::string(media_type(file.name)), std::string(file.bytes)};
    };
  }
  routes.event_streams["/events"] = [feed](EventStream& stream) { feed->serve(stream); };
  return routes;
}

}  // namespace copydesk
