// SPDX-License-Identifier: Apache-2.0
#include "pipeline/live_page/page_routes.h"

#include <array>
#include <string>

#include "pipeline/live_page/page.h"

namespace copydesk::live_page {

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

void add_page(observe::HttpServer::Routes& routes, LiveFeed& feed, std::uint32_t max_event_streams) {
  routes.max_event_streams = max_event_streams;
  for (const PageFile& file : page_files()) {
    const bool index = file.name == "index.html";
    routes.pages[index ? "/" : "/" + std::string(file.name)] = [&file] {
      return observe::HttpResponse{200, std::string(media_type(file.name)), std::string(file.bytes)};
    };
  }
  routes.event_streams["/events"] = [&feed](observe::EventStream& stream) { feed.serve(stream); };
}

}  // namespace copydesk::live_page
