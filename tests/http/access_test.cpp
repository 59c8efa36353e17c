// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "http_client.h"
#include "pipeline/observe/http_access.h"
#include "pipeline/observe/http_server.h"

namespace copydesk {
namespace {

using Answer = observe::AccessCheck::Answer;
using test::request;

// "desk:open sesame" and others, by `printf … | base64`.
constexpr std::string_view kRight = "Basic ZGVzazpvcGVuIHNlc2FtZQ==";
constexpr std::string_view kWrongPassword = "Basic ZGVzazpvcGVuIHNlc2FtZTE=";
constexpr std::string_view kWrongUser = "Basic ZGVzZzpvcGVuIHNlc2FtZQ==";

observe::HttpAccess with_password() {
  return {.username = "desk", .password = config::Secret("open sesame"), .open = {"/healthz"}, .hosts = {}};
}

TEST(Access, AsksForTheRightNameAndPassword) {
  const observe::AccessCheck check(with_password(), "0.0.0.0:9464");
  EXPECT_EQ(check.decide("/metrics", "desk:9464", kRight), Answer::kYes);
  for (const std::string_view given :
       {std::string_view(), kWrongPassword, kWrongUser, std::string_view("Basic"), std::string_view("Basic "),
        kRight.substr(0, kRight.size() - 1), std::string_view("basic ZGVzazpvcGVuIHNlc2FtZQ=="),
        std::string_view("Bearer ZGVzazpvcGVuIHNlc2FtZQ==")}) {
    EXPECT_EQ(check.decide("/metrics", "desk:9464", given), Answer::kUnauthorized) << given;
  }
  EXPECT_EQ(check.decide("/metrics", "desk", std::string(kRight) + std::string(kRight)), Answer::kUnauthorized);
  EXPECT_EQ(check.decide("/healthz", "desk:9464", {}), Answer::kYes);
  EXPECT_EQ(check.decide("/healthz/", "desk:9464", {}), Answer::kUnauthorized);
}

TEST(Access, AsksNobodyWithoutAUser) {
  EXPECT_EQ(observe::AccessCheck({}, "0.0.0.0:9464").decide("/metrics", "anything", {}), Answer::kYes);
}

TEST(Access, KnowsOnlyItsOwnNamesOnALoopbackAddress) {
  for (const char* listen : {"127.0.0.1:9464", "localhost:9464", "[::1]:9464", "127.0.1.1:0"}) {
    const observe::AccessCheck check({}, listen);
    for (const char* host :
         {"127.0.0.1:9464", "localhost", "LOCALHOST:80", "[::1]:9464", "127.0.1.1", "a.localhost:1", ""}) {
      EXPECT_EQ(check.decide("/", host, {}), Answer::kYes) << listen << " " << host;
    }
    for (const char* host : {"evil.example", "evil.example:9464", "127.0.0.1.evil.example", "localhost.evil.example",
                             "192.168.1.5", "127.evil.example:9464", "[::2]:1"}) {
      EXPECT_EQ(check.decide("/", host, {}), Answer::kUnknownHost) << listen << " " << host;
    }
  }
}

TEST(Access, KnowsTheNamesItWasGiven) {
  const observe::AccessCheck behind_a_proxy({.username = {}, .password = {}, .open = {}, .hosts = {"desk.example"}},
                                            "127.0.0.1:9464");
  EXPECT_EQ(behind_a_proxy.decide("/", "desk.example", {}), Answer::kYes);
  EXPECT_EQ(behind_a_proxy.decide("/", "Desk.Example:443", {}), Answer::kYes);
  EXPECT_EQ(behind_a_proxy.decide("/", "other.example", {}), Answer::kUnknownHost);
  const observe::AccessCheck in_the_open({.username = {}, .password = {}, .open = {}, .hosts = {"desk.example"}},
                                         "10.0.0.5:9464");
  EXPECT_EQ(in_the_open.decide("/", "10.0.0.5:9464", {}), Answer::kYes);
  EXPECT_EQ(in_the_open.decide("/", "other.example", {}), Answer::kUnknownHost);
  EXPECT_EQ(observe::AccessCheck({}, "10.0.0.5:9464").decide("/", "any.example", {}), Answer::kYes);
}

observe::HttpServer::Routes routes() {
  observe::HttpServer::Routes routes;
  routes.pages["/healthz"] = [] { return observe::HttpResponse{200, "text/plain", "ok\n"}; };
  routes.pages["/metrics"] = [] { return observe::HttpResponse{200, "text/plain", "figures\n"}; };
  routes.event_streams["/events"] = [](observe::EventStream& stream) { stream.send("article", "1"); };
  return routes;
}

TEST(Access, IsAskedOnEveryPath) {
  const observe::HttpServer server("127.0.0.1:0", routes(), with_password());
  EXPECT_EQ(request(server.port(), "GET", "/healthz").status, 200);
  const std::string right = "Host: localhost\r\nAuthorization: " + std::string(kRight) + "\r\n";
  const std::string wrong = "Host: localhost\r\nAuthorization: " + std::string(kWrongPassword) + "\r\n";
  for (const char* path : {"/metrics", "/events"}) {
    EXPECT_EQ(request(server.port(), "GET", path, right).status, 200) << path;
    for (const std::string& headers : {std::string("Host: localhost\r\n"), wrong}) {
      const auto refused = request(server.port(), "GET", path, headers);
      EXPECT_EQ(refused.status, 401) << path;
      EXPECT_NE(refused.headers.find("WWW-Authenticate: Basic realm="), std::string::npos);
      EXPECT_NE(refused.headers.find("Content-Security-Policy: "), std::string::npos);
      EXPECT_EQ(refused.body.find("figures"), std::string::npos);
    }
  }
  EXPECT_EQ(request(server.port(), "GET", "/nothing").status, 401) << "which paths there are is nobody's business";
}

TEST(Access, RefusesOtherHosts) {
  const observe::HttpServer server("127.0.0.1:0", routes());
  EXPECT_EQ(request(server.port(), "GET", "/metrics", "Host: evil.example\r\n").status, 421);
  EXPECT_EQ(request(server.port(), "GET", "/events", "Host: evil.example\r\n").status, 421);
  EXPECT_EQ(request(server.port(), "GET", "/metrics", "").status / 100, 2);
}

TEST(HttpLimits, RefusesARequestThatIsTooLong) {
  const observe::HttpServer server("127.0.0.1:0", routes());
  const std::string long_header = "Host: localhost\r\nX-Long: " + std::string(20'000, 'x') + "\r\n";
  EXPECT_NE(request(server.port(), "GET", "/metrics", long_header).status, 200);
  EXPECT_NE(request(server.port(), "GET", "/" + std::string(20'000, 'x')).status, 200);
  EXPECT_EQ(request(server.port(), "GET", "/metrics").status, 200) << "and goes on";
}

}  // namespace
}  // namespace copydesk
