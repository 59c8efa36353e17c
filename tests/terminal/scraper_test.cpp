// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/scraper.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "pipeline/observe/http_server.h"
#include "tests/delivery/certificates.h"

namespace copydesk {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

observe::HttpServer::Routes metrics_route(std::string body = "x 1\n") {
  observe::HttpServer::Routes routes;
  routes.pages["/metrics"] = [body = std::move(body)] { return observe::HttpResponse{200, "text/plain", body}; };
  return routes;
}

terminal::Scrape ask(const std::string& address, terminal::Scraper::Options options = {}) {
  options.timeout = 20s;
  terminal::Scraper scraper(std::move(options));
  const auto parsed = terminal::parse_worker_address(address);
  EXPECT_TRUE(parsed.has_value()) << address;
  return parsed ? scraper.scrape({&*parsed, 1}, [] { return true; }).at(0) : terminal::Scrape();
}

std::string at(const observe::HttpServer& server, const std::string& host = "127.0.0.1") {
  return host + ":" + std::to_string(server.port());
}

bool says(const terminal::Scrape& scrape, const std::string& text) {
  return !scrape.ok && scrape.error.find(text) != std::string::npos;
}

TEST(Scraper, AsksAllAtOnceAndKeepsTheirOrder) {
  const observe::HttpServer one("127.0.0.1:0", metrics_route("x 1\n"));
  const observe::HttpServer two("127.0.0.1:0", metrics_route("x 2\n"));
  setenv("http_proxy", "http://127.0.0.1:1", 1);  // is not asked
  terminal::Scraper scraper({.timeout = 20s});
  const std::vector<terminal::WorkerAddress> addresses{*terminal::parse_worker_address(at(one)),
                                                       *terminal::parse_worker_address("127.0.0.1:1"),
                                                       *terminal::parse_worker_address(at(two))};
  for (int again = 0; again < 3; ++again) {
    const auto answers = scraper.scrape(addresses, [] { return true; });
    ASSERT_EQ(answers.size(), 3U);
    EXPECT_EQ(answers[0].body, "x 1\n") << answers[0].error;
    EXPECT_TRUE(says(answers[1], "http.listen")) << answers[1].error;
    EXPECT_EQ(answers[2].body, "x 2\n") << answers[2].error;
  }
  unsetenv("http_proxy");
}

TEST(Scraper, GivesThePasswordAndSaysWhereOneIsWanted) {
  observe::HttpAccess access;
  access.username = "desk";
  access.password = config::Secret("sesame");
  const observe::HttpServer server("127.0.0.1:0", metrics_route(), access);
  EXPECT_TRUE(says(ask(at(server)), "--password-file"));
  EXPECT_TRUE(says(ask(at(server), {.username = "desk", .password = config::Secret("wrong")}), "--password-file"));
  EXPECT_TRUE(ask(at(server), {.username = "desk", .password = config::Secret("sesame")}).ok);
}

TEST(Scraper, SaysWhatElseIsWrong) {
  const observe::HttpServer other("127.0.0.1:0", observe::HttpServer::Routes{});
  EXPECT_TRUE(says(ask(at(other)), "404"));
  const observe::HttpServer endless("127.0.0.1:0", metrics_route(std::string(terminal::Scraper::kMostBytes + 1, 'x')));
  EXPECT_FALSE(ask(at(endless)).ok) << "no worker says that much";
  const observe::HttpServer local("127.0.0.1:0", metrics_route());
  EXPECT_TRUE(ask(at(local, "localhost")).ok);
}

TEST(Scraper, EndsWhenAskedTo) {
  observe::HttpServer::Routes slow;
  std::atomic<bool> asked{false};
  slow.pages["/metrics"] = [&] {
    asked = true;
    return observe::HttpResponse{200, "text/plain", "x 1\n"};
  };
  const observe::HttpServer server("127.0.0.1:0", slow);
  terminal::Scraper scraper({});
  const auto address = *terminal::parse_worker_address(at(server));
  const auto answers = scraper.scrape({&address, 1}, [] { return false; });
  EXPECT_FALSE(answers[0].ok);
  EXPECT_FALSE(asked);
  EXPECT_TRUE(scraper.scrape({&address, 1}, [] { return true; })[0].ok) << "and can ask again";
}

TEST(Scraper, ChecksCertificates) {
  std::string pattern = (fs::temp_directory_path() / "copydesk-scraper-test-XXXXXX").string();
  ASSERT_NE(mkdtemp(pattern.data()), nullptr);
  const fs::path folder = pattern;
  const delivery::Certificates certificates(folder);
  certificates.authority("ca");
  certificates.issue("server", "ca", "localhost");
  {
    const observe::HttpServer server("127.0.0.1:0", metrics_route(), {},
                                     {certificates.pem("server"), certificates.key("server")});
    const terminal::Scraper::Options knows{.username = {}, .password = {}, .authority = certificates.pem("ca")};
    const terminal::Scrape answer = ask("https://" + at(server, "localhost"), knows);
    EXPECT_TRUE(answer.ok) << answer.error;
    EXPECT_TRUE(says(ask("https://" + at(server, "localhost")), "--ca")) << "an authority that nobody knows";
    EXPECT_FALSE(ask("https://" + at(server), knows).ok) << "another name than the certificate's";
    const terminal::Scrape plain = ask(at(server, "localhost"));
    EXPECT_TRUE(says(plain, "https://")) << plain.error;
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace copydesk
