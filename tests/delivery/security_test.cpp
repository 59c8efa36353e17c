// SPDX-License-Identifier: Apache-2.0
// TLS and SASL against a real broker, from the settings file to the record that comes out; what is said where they are
// wrong; and that no secret shows in anything that is written.

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "pipeline/private_broker/child_process.h"
#include "pipeline/private_broker/private_broker.h"
#include "tests/delivery/certificates.h"
#include "tests/delivery/kafka_client.h"
#include "tests/http/http_client.h"

namespace fs = std::filesystem;

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 90s;

// Each of these must show nowhere.
const std::string kPlainPassword = "plain-s3cr3t-7Kq";
const std::string kScram256Password = "scram256-s3cr3t-9Wd";
const std::string kScram512Password = "scram512-s3cr3t-4Hx";
const std::string kKeyPassword = "keyfile-s3cr3t-2Zb";
const std::string kWrongPassword = "wrong-s3cr3t-5Jm";

std::string contents(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string base64url(const std::string& bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    buffer = buffer << 8U | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) text += kDigits[buffer >> (bits - 6) & 63U];
  }
  if (bits > 0) text += kDigits[buffer << (6 - bits) & 63U];
  return text;
}

/// A token without a signature, which Kafka's unsecured validator takes.
std::string token(std::chrono::seconds lifetime) {
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
  return base64url(R"({"alg":"none"})") + "." +
         base64url(R"({"sub":"desk","iat":)" + std::to_string((now - 60s).count()) + R"(,"exp":)" +
                   std::to_string((now + lifetime).count()) + "}") +
         ".";
}

/// How one desk connects.
struct Way {
  std::string name;
  std::string listener;
  std::map<std::string, std::string> properties;  // as written in the settings file
};

/// Kafka refuses the SCRAM of older ones, Debian 12's among them: then that must be what is said.
bool scram_works() {
  return rd_kafka_version() >= 0x020601ff;
}

class Security : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string pattern = (fs::temp_directory_path() / "copydesk-security-test-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    certificates_ = std::make_unique<Certificates>(folder_);
    certificates_->authority("ca");
    certificates_->authority("stranger");
    certificates_->issue("broker", "ca", "localhost");
    certificates_->issue("desk", "ca", "desk");
    certificates_->lock("desk", kKeyPassword);
    private_broker::PrivateBrokerSettings settings;
    settings.listeners = {{"TLS", "SSL"}, {"MUTUAL", "SSL"}, {"SASL", "SASL_SSL"}};
    settings.scram_credentials = {"SCRAM-SHA-256=[name=desk,password=" + kScram256Password + "]",
                                  "SCRAM-SHA-512=[name=desk,password=" + kScram512Password + "]"};
    for (const std::string listener : {"tls", "mutual", "sasl"}) {
      settings.properties["listener.name." + listener + ".ssl.keystore.type"] = "PEM";
      settings.properties["listener.name." + listener + ".ssl.keystore.location"] = certificates_->both("broker");
    }
    settings.properties["listener.name.mutual.ssl.client.auth"] = "required";
    settings.properties["listener.name.mutual.ssl.truststore.type"] = "PEM";
    settings.properties["listener.name.mutual.ssl.truststore.location"] = certificates_->pem("ca");
    const std::string modules = "org.apache.kafka.common.security.";
    settings.properties["listener.name.sasl.sasl.enabled.mechanisms"] = "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER";
    settings.properties["listener.name.sasl.plain.sasl.jaas.config"] =
        modules + "plain.PlainLoginModule required user_desk=\"" + kPlainPassword + "\";";
    for (const std::string mechanism : {"scram-sha-256", "scram-sha-512"}) {
      settings.properties["listener.name.sasl." + mechanism + ".sasl.jaas.config"] =
          modules + "scram.ScramLoginModule required;";
    }
    settings.properties["listener.name.sasl.oauthbearer.sasl.jaas.config"] =
        modules + "oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub=\"broker\";";
    broker_ = std::make_unique<private_broker::PrivateBroker>(settings);
    write("plain-password", kPlainPassword + "\n");
    write("wrong-password", kWrongPassword);
    token_ = token(1h);
    write("token", token_ + "\n");
    expired_ = token(-1s);
    write("expired-token", expired_);
  }
  static void TearDownTestSuite() {
    broker_.reset();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  static void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  static std::string in_folder(const std::string& name) { return (folder_ / name).string(); }

  static std::map<std::string, std::string> tls() {
    return {{"security.protocol", "SSL"}, {"ssl.ca.location", certificates_->pem("ca")}};
  }
  static std::map<std::string, std::string> sasl(const std::string& mechanism, const std::string& password) {
    auto properties = tls();
    properties["security.protocol"] = "SASL_SSL";
    properties["sasl.mechanism"] = mechanism;
    properties["sasl.username"] = "desk";
    properties["sasl.password"] = password;
    return properties;
  }
  static std::map<std::string, std::string> oauth(const std::string& file) {
    auto properties = tls();
    properties["security.protocol"] = "SASL_SSL";
    properties["sasl.mechanism"] = "OAUTHBEARER";
    properties["sasl.oauthbearer.config"] = "token_file=" + in_folder(file);
    return properties;
  }

  /// A settings file of this way to connect, with librdkafka's debugging at its loudest.
  static fs::path settings(const Way& way) {
    std::string yaml = "kafka:\n  brokers: [" + broker_->bootstrap_servers(way.listener) + "]\n  group: " + way.name +
                       "\n  input: in-" + way.name + "\n  output: out-" + way.name + "\n  dead_letters: dead-" +
                       way.name + "\n  common:\n    debug: all\n";
    for (const auto& [name, value] : way.properties) yaml += "    " + name + ": \"" + value + "\"\n";
    yaml += "http: {listen: \"127.0.0.1:0\"}\nlog: {level: debug}\n";
    write(way.name + ".yaml", yaml);
    return folder_ / (way.name + ".yaml");
  }

  static std::unique_ptr<private_broker::ChildProcess> start(const std::string& command, const Way& way,
                                                             const std::string& argument = {}) {
    std::vector<std::string> argv{COPYDESK_BINARY, command, "--config", settings(way).string()};
    if (!argument.empty()) argv.push_back(argument);
    return std::make_unique<private_broker::ChildProcess>(
        private_broker::ChildCommand{.argv = std::move(argv),
                                     .environment = {{"SCRAM_256", kScram256Password},
                                                     {"SCRAM_512", kScram512Password},
                                                     {"KEY_PASSWORD", kKeyPassword}},
                                     .out = folder_ / (way.name + "." + command + ".out"),
                                     .err = folder_ / (way.name + "." + command + ".err")});
  }
  static std::string err(const std::string& command, const Way& way) {
    return contents(folder_ / (way.name + "." + command + ".err"));
  }

  static void expect_no_secret(const std::string& text, const std::string& what) {
    for (const std::string& secret :
         {kPlainPassword, kScram256Password, kScram512Password, kKeyPassword, kWrongPassword, token_, expired_}) {
      EXPECT_EQ(text.find(secret), std::string::npos) << what << " shows " << secret;
    }
  }

  static inline fs::path folder_;
  static inline std::unique_ptr<Certificates> certificates_;
  static inline std::unique_ptr<private_broker::PrivateBroker> broker_;
  static inline std::string token_;
  static inline std::string expired_;
};

TEST_F(Security, ArticlesGoInAndRecordsComeOutInEveryWay) {
  auto mutual = tls();
  mutual["ssl.certificate.location"] = certificates_->pem("desk");
  mutual["ssl.key.location"] = certificates_->locked_key("desk");
  mutual["ssl.key.password"] = "${KEY_PASSWORD}";
  std::vector<Way> ways{{"tls", "TLS", tls()},
                        {"mutual", "MUTUAL", mutual},
                        {"plain", "SASL", sasl("PLAIN", "${file:" + in_folder("plain-password") + "}")},
                        {"oauth", "SASL", oauth("token")}};
  if (scram_works()) {
    ways.push_back({"scram256", "SASL", sasl("SCRAM-SHA-256", "${SCRAM_256}")});
    ways.push_back({"scram512", "SASL", sasl("SCRAM-SHA-512", "${SCRAM_512}")});
  }
  const KafkaClient client(broker_->bootstrap_servers());
  write("article.json", R"({"id": "story-1", "text": "“We are ready,” said Mayor Ilse Brandt."})");
  std::vector<std::unique_ptr<private_broker::ChildProcess>> feeds;
  for (const Way& way : ways) {
    for (const char* topic : {"in-", "out-", "dead-"}) client.create_topic(topic + way.name, 1);
    feeds.push_back(start("feed", way, in_folder("article.json")));
  }
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const auto& ended = feeds[i]->wait(kPatience);
    ASSERT_TRUE(ended) << ways[i].name;
    EXPECT_EQ(ended->code, 0) << ways[i].name;
    EXPECT_NE(err("feed", ways[i]).find("fed 1 articles"), std::string::npos) << ways[i].name;
  }
  std::vector<std::unique_ptr<private_broker::ChildProcess>> workers;
  for (const Way& way : ways) workers.push_back(start("run", way));
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const Way& way = ways[i];
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (client.count("out-" + way.name) == 0 && std::chrono::steady_clock::now() < deadline && !workers[i]->poll()) {
      std::this_thread::sleep_for(100ms);
    }
    const std::vector<Record> records = client.read_all("out-" + way.name);
    ASSERT_EQ(records.size(), 1U) << way.name;
    EXPECT_NE(records[0].value->find("Ilse Brandt"), std::string::npos) << way.name;
    expect_no_secret(*records[0].value, "the record");
  }
  // What the worker shows of itself.
  const std::string log = err("run", ways[2]);
  const std::string listening = "http: listening on port ";
  const std::size_t at = log.find(listening);
  ASSERT_NE(at, std::string::npos);
  const int port = std::atoi(log.c_str() + at + listening.size());
  for (const char* path : {"/metrics", "/", "/healthz", "/readyz", "/page.js"}) {
    const auto answer = test::get(port, path);
    EXPECT_EQ(answer.status, 200) << path;
    expect_no_secret(answer.headers + answer.body, path);
  }
  test::HttpConnection events(port, "GET", "/events");
  expect_no_secret(events.read_until("event: figures"), "/events");

  for (std::size_t i = 0; i < ways.size(); ++i) {
    const Way& way = ways[i];
    EXPECT_TRUE(workers[i]->stop(kPatience).clean()) << way.name;
    const std::string worker_log = err("run", way);
    EXPECT_NE(worker_log.find("kafka: "), std::string::npos) << "librdkafka's debugging is on";
    EXPECT_EQ(worker_log.find("We are ready"), std::string::npos) << "no text of articles in the log";
    expect_no_secret(worker_log, way.name + "'s log");
    expect_no_secret(err("feed", way), way.name + "'s feed");
    private_broker::ChildProcess show({.argv = {COPYDESK_BINARY, "config", "show", settings(way).string()},
                                       .environment = {{"SCRAM_256", kScram256Password},
                                                       {"SCRAM_512", kScram512Password},
                                                       {"KEY_PASSWORD", kKeyPassword}},
                                       .out = folder_ / (way.name + ".show"),
                                       .err = folder_ / (way.name + ".show")});
    ASSERT_TRUE(show.wait(kPatience));
    const std::string shown = contents(folder_ / (way.name + ".show"));
    EXPECT_NE(shown.find("group: " + way.name), std::string::npos);
    expect_no_secret(shown, "config show");
  }
}

TEST_F(Security, SaysWhatToDoWhereTheBrokerRefuses) {
  struct Refusal {
    Way way;
    std::string says;
  };
  auto stranger = tls();
  stranger["ssl.ca.location"] = certificates_->pem("stranger");
  const std::string wrong = "${file:" + in_folder("wrong-password") + "}";
  auto unencrypted = sasl("PLAIN", "${file:" + in_folder("plain-password") + "}");
  unencrypted["security.protocol"] = "SASL_PLAINTEXT";
  std::vector<Refusal> refusals{
      {{"wrong-plain", "SASL", sasl("PLAIN", wrong)}, "`sasl.mechanism`, `sasl.username`"},
      {{"wrong-scram256", "SASL", sasl("SCRAM-SHA-256", wrong)}, "`sasl.mechanism`, `sasl.username`"},
      {{"wrong-scram512", "SASL", sasl("SCRAM-SHA-512", wrong)}, "`sasl.mechanism`, `sasl.username`"},
      {{"expired", "SASL", oauth("expired-token")}, "holds a token that has expired"},
      {{"no-token", "SASL", oauth("nowhere")}, "does not exist; check the path"},
      {{"stranger", "TLS", stranger}, "check `ssl.ca.location`"},
      {{"unencrypted", "SASL", unencrypted}, "security settings under `kafka.common`"},
  };
  if (!scram_works()) {
    const std::string says = "refuses SCRAM of librdkafka before 2.6.1";
    refusals.push_back({{"scram256", "SASL", sasl("SCRAM-SHA-256", "${SCRAM_256}")}, says});
    refusals.push_back({{"scram512", "SASL", sasl("SCRAM-SHA-512", "${SCRAM_512}")}, says});
  }
  std::vector<std::unique_ptr<private_broker::ChildProcess>> workers;
  for (const Refusal& refusal : refusals) workers.push_back(start("run", refusal.way));
  for (std::size_t i = 0; i < refusals.size(); ++i) {
    const auto& [way, says] = refusals[i];
    const auto& ended = workers[i]->wait(kPatience);
    ASSERT_TRUE(ended) << way.name;
    EXPECT_EQ(ended->code, 1) << way.name;
    const std::string text = err("run", way);
    EXPECT_NE(text.find(says), std::string::npos)
        << way.name << ": " << text.substr(text.size() - std::min<std::size_t>(text.size(), 800));
    EXPECT_NE(text.find("no answer from the brokers"), std::string::npos) << way.name;
    expect_no_secret(text, way.name + "'s log");
  }
}

TEST_F(Security, RefusesABrokerWhoseCertificateNamesAnotherHost) {
  // The certificate names localhost; its address is another name.
  std::string by_address = broker_->bootstrap_servers("TLS");
  by_address.replace(0, std::string("localhost").size(), "127.0.0.1");
  std::vector<std::string> argv{COPYDESK_BINARY, "run",     "--config", settings({"other-host", "TLS", tls()}).string(),
                                "--brokers",     by_address};
  private_broker::ChildProcess worker(
      {.argv = argv, .out = folder_ / "other-host.run.out", .err = folder_ / "other-host.run.err"});
  const auto& ended = worker.wait(kPatience);
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->code, 1);
  EXPECT_NE(contents(folder_ / "other-host.run.err").find("check `ssl.ca.location`"), std::string::npos)
      << contents(folder_ / "other-host.run.err");
}

}  // namespace
}  // namespace copydesk::delivery
