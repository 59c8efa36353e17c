// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "http_client.h"
#include "pipeline/observe/http_server.h"

namespace copydesk {
namespace {

using test::get;
using test::HttpConnection;
using test::request;

constexpr std::string_view kListen = "127.0.0.1:0";

observe::HttpServer::Routes routes_with_page() {
  observe::HttpServer::Routes routes;
  routes.pages["/page"] = [] { return observe::HttpResponse{200, "text/html; charset=utf-8", "<p>hello"}; };
  routes.pages["/broken"] = [] { return observe::HttpResponse{503, "text/plain", "not yet\n"}; };
  return routes;
}

/// A stream that says "hello" and then waits until the server stops.
void say_hello(observe::EventStream& stream) {
  if (!stream.send("greeting", R"({"text":"hello"})")) return;
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait(lock, stream.stop_token(), [] { return false; });
}

TEST(HttpServer, AnswersWithThePage) {
  const observe::HttpServer server(kListen, routes_with_page());
  const auto answer = get(server.port(), "/page");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "<p>hello");
  EXPECT_NE(answer.headers.find("Content-Type: text/html; charset=utf-8\r\n"), std::string::npos);
  EXPECT_NE(answer.headers.find("Content-Length: 8\r\n"), std::string::npos);
}

TEST(HttpServer, PassesTheStatusOn) {
  const observe::HttpServer server(kListen, routes_with_page());
  EXPECT_EQ(get(server.port(), "/broken").status, 503);
}

TEST(HttpServer, AnswersHeadWithoutABody) {
  const observe::HttpServer server(kListen, routes_with_page());
  const auto answer = request(server.port(), "HEAD", "/page");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
  EXPECT_NE(answer.headers.find("Content-Length: 8\r\n"), std::string::npos);
}

TEST(HttpServer, RefusesWhatIsNotThere) {
  const observe::HttpServer server(kListen, routes_with_page());
  for (const char* path : {"/", "/nothing", "/page/", "/page/more", "/../nothing", "/%2e%2e/etc/passwd"}) {
    EXPECT_EQ(get(server.port(), path).status / 100, 4) << path;
  }
}

TEST(HttpServer, RefusesOtherMethods) {
  const observe::HttpServer server(kListen, routes_with_page());
  for (const char* method : {"POST", "PUT", "DELETE"}) {
    const auto answer = request(server.port(), method, "/page");
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_NE(answer.headers.find("Allow: GET, HEAD\r\n"), std::string::npos) << method;
  }
}

TEST(HttpServer, ForbidsWhatAPageNeverNeeds) {
  const observe::HttpServer server(kListen, routes_with_page());
  for (const char* path : {"/page", "/nothing"}) {
    const auto answer = get(server.port(), path);
    EXPECT_NE(answer.headers.find("Content-Security-Policy: default-src 'none'; script-src 'self';"),
              std::string::npos);
    EXPECT_EQ(answer.headers.find("unsafe"), std::string::npos);
    EXPECT_NE(answer.headers.find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_NE(answer.headers.find("X-Content-Type-Options: nosniff\r\n"), std::string::npos);
    EXPECT_NE(answer.headers.find("Cache-Control: no-store\r\n"), std::string::npos);
    EXPECT_EQ(answer.headers.find("Access-Control-Allow-Origin"), std::string::npos);
  }
}

TEST(HttpServer, StreamsEvents) {
  observe::HttpServer::Routes routes;
  routes.event_streams["/events"] = say_hello;
  const observe::HttpServer server(kListen, std::move(routes));
  HttpConnection client(server.port(), "GET", "/events");
  const std::string& text = client.read_until("}\n\n");
  EXPECT_NE(text.find("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"), std::string::npos);
  EXPECT_NE(text.find("\r\n\r\nretry: 2000\n\nevent: greeting\ndata: {\"text\":\"hello\"}\n\n"), std::string::npos);
}

TEST(HttpServer, LimitsTheStreamsAndStillAnswers) {
  observe::HttpServer::Routes routes = routes_with_page();
  routes.event_streams["/events"] = say_hello;
  routes.max_event_streams = 2;
  const observe::HttpServer server(kListen, std::move(routes));
  std::vector<std::unique_ptr<HttpConnection>> clients;
  for (int i = 0; i < 2; ++i) {
    clients.push_back(std::make_unique<HttpConnection>(server.port(), "GET", "/events"));
    clients.back()->read_until("hello");
  }
  EXPECT_EQ(get(server.port(), "/events").status, 503);
  EXPECT_EQ(request(server.port(), "HEAD", "/events").status, 503);
  EXPECT_EQ(get(server.port(), "/page").status, 200);
}

TEST(HttpServer, GivesThePlaceOfAStreamThatEndedToTheNext) {
  observe::HttpServer::Routes routes;
  routes.event_streams["/events"] = [](observe::EventStream& stream) { stream.send("once", "1"); };
  routes.max_event_streams = 1;
  const observe::HttpServer server(kListen, std::move(routes));
  for (int i = 0; i < 5; ++i) {
    // The place is free once the handler has returned, which the client sees as the end of the stream; a last instant
    // may lie between the two.
    int status = 0;
    for (int attempt = 0; attempt < 100 && status != 200; ++attempt) status = get(server.port(), "/events").status;
    EXPECT_EQ(status, 200);
  }
}

TEST(HttpServer, StopsPromptlyWithStreamsOpen) {
  observe::HttpServer::Routes routes;
  routes.event_streams["/events"] = say_hello;
  auto server = std::make_unique<observe::HttpServer>(kListen, std::move(routes));
  HttpConnection one(server->port(), "GET", "/events");
  HttpConnection two(server->port(), "GET", "/events");
  one.read_until("hello");
  two.read_until("hello");
  server.reset();  // a stream that nobody ends would hold it past the test's time-out
  EXPECT_NE(one.read_all().find("hello"), std::string::npos);  // and then its end
}

TEST(HttpServer, SaysWhichAddressCannotBeHad) {
  const observe::HttpServer server(kListen, {});
  const std::string taken = "127.0.0.1:" + std::to_string(server.port());
  try {
    const observe::HttpServer second(taken, {});
    FAIL() << "two servers on one port";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find(taken), std::string::npos);
  }
}

}  // namespace
}  // namespace copydesk
