// SPDX-License-Identifier: Apache-2.0
// HTTPS, asked by OpenSSL's own client.
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "http_client.h"
#include "pipeline/observe/http_server.h"
#include "tests/delivery/certificates.h"

namespace copydesk {
namespace {

namespace fs = std::filesystem;
using delivery::Certificates;

/// The loopback ports that this process listens on.
std::vector<int> own_ports() {
  std::set<std::string> sockets;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const std::string target = fs::read_symlink(entry.path(), gone).string();
    if (target.starts_with("socket:[")) sockets.insert(target.substr(8, target.size() - 9));
  }
  std::vector<int> ports;
  std::ifstream table("/proc/self/net/tcp");
  std::string line;
  std::getline(table, line);
  while (std::getline(table, line)) {
    std::istringstream fields(line);
    std::string number, local, remote, state, queues, timer, retransmits, user, timeout, inode;
    fields >> number >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >> inode;
    constexpr std::string_view kListens = "0A";
    if (state == kListens && sockets.contains(inode))
      ports.push_back(std::stoi(local.substr(local.find(':') + 1), nullptr, 16));
  }
  return ports;
}

class Tls : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "copydesk-tls-test-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    certificates_ = std::make_unique<Certificates>(folder_);
    certificates_->authority("ca");
    certificates_->issue("server", "ca", "localhost");
  }
  void TearDown() override { fs::remove_all(folder_); }

  observe::TlsFiles files() const { return {certificates_->pem("server"), certificates_->key("server")}; }
  static observe::HttpServer::Routes routes() {
    observe::HttpServer::Routes routes;
    routes.pages["/page"] = [] { return observe::HttpResponse{200, "text/html", std::string(100'000, 'p') + "end"}; };
    routes.event_streams["/events"] = [](observe::EventStream& stream) {
      for (int i = 0; i < 3; ++i) stream.send("article", std::to_string(i));
    };
    return routes;
  }
  static std::string error_of(const observe::TlsFiles& files) {
    try {
      const observe::HttpServer server("127.0.0.1:0", routes(), {}, files);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }

  /// All that the server answers; empty where it or its certificate is not accepted.
  std::string ask(int port, std::string_view path, int max_version = TLS1_3_VERSION) const {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::string answer;
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_load_verify_locations(context, certificates_->pem("ca").c_str(), nullptr);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context, max_version);
    SSL* session = SSL_new(context);
    SSL_set1_host(session, "localhost");
    SSL_set_fd(session, socket);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        SSL_connect(session) == 1) {
      const std::string request = "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      SSL_write(session, request.data(), static_cast<int>(request.size()));
      char buffer[4096];
      for (int got = 0; (got = SSL_read(session, buffer, sizeof buffer)) > 0;)
        answer.append(buffer, static_cast<std::size_t>(got));
    }
    SSL_free(session);
    SSL_CTX_free(context);
    ::close(socket);
    return answer;
  }

  fs::path folder_;
  std::unique_ptr<Certificates> certificates_;
};

TEST_F(Tls, ServesPagesAndEvents) {
  const observe::HttpServer server("127.0.0.1:0", routes(), {}, files());
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const std::string page = ask(server.port(), "/page", version);
    EXPECT_TRUE(page.starts_with("HTTP/1.1 200 OK")) << page.substr(0, 100);
    EXPECT_TRUE(page.ends_with("ppend"));
    EXPECT_NE(ask(server.port(), "/events", version).find("event: article\ndata: 2\n\n"), std::string::npos);
  }
  EXPECT_EQ(ask(server.port(), "/page", TLS1_1_VERSION), "") << "older versions are refused";
}

TEST_F(Tls, CannotBeGoneRound) {
  const observe::HttpServer server("127.0.0.1:0", routes(), {}, files());
  EXPECT_EQ(test::request(server.port(), "GET", "/page").status, 0) << "plain HTTP";
  EXPECT_FALSE(ask(server.port(), "/page").empty()) << "and goes on";
  // The plain server behind it, wherever it listens, serves nobody else.
  int asked = 0;
  for (const int port : own_ports()) {
    if (port == server.port()) continue;
    EXPECT_EQ(test::request(port, "GET", "/page").body, "only through TLS\n");
    ++asked;
  }
  EXPECT_EQ(asked, 1);
}

TEST_F(Tls, StopsWithStreamsOpen) {
  std::atomic<bool> streaming{false};
  observe::HttpServer::Routes endless;
  endless.event_streams["/events"] = [&](observe::EventStream& stream) {
    while (stream.send("tick", "1")) {
      streaming = true;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  };
  auto server =
      std::make_unique<observe::HttpServer>("127.0.0.1:0", std::move(endless), observe::HttpAccess{}, files());
  std::string answer;
  std::jthread client([&, port = server->port()] { answer = ask(port, "/events"); });
  while (!streaming) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  server.reset();
  client.join();
  EXPECT_NE(answer.find("event: tick"), std::string::npos);
}

TEST_F(Tls, SaysWhichFileCannotBeUsed) {
  EXPECT_NE(
      error_of({folder_ / "nowhere.pem", certificates_->key("server")}).find("nowhere.pem' of `http.tls.certificate`"),
      std::string::npos);
  EXPECT_NE(error_of({certificates_->pem("server"), certificates_->pem("server")}).find("of `http.tls.key`"),
            std::string::npos);
  EXPECT_NE(error_of({certificates_->pem("server"), certificates_->key("ca")}).find("the certificate's own key"),
            std::string::npos);
  certificates_->lock("server", "sesame");
  EXPECT_NE(error_of({certificates_->pem("server"), certificates_->locked_key("server")}).find("without a password"),
            std::string::npos);
}

}  // namespace
}  // namespace copydesk
