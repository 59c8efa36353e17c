// SPDX-License-Identifier: Apache-2.0
// What `config check` and `run` say of files and folders that the settings name.
#include "pipeline/commands/start_checks.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

#include "pipeline/commands/config.h"
#include "pipeline/kafka/properties.h"
#include "tests/delivery/certificates.h"

namespace copydesk {
namespace {

namespace fs = std::filesystem;

class StartChecks : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = fs::path(testing::TempDir()) / ("start-checks-" + std::to_string(getpid()));
    fs::create_directories(folder_);
    const delivery::Certificates certificates(folder_);
    certificates.authority("ca");
    certificates.issue("server", "ca", "desk.example.com");
    certificates.issue("other", "ca", "desk.example.com");
    certificates.lock("server", "sesame");
    std::ofstream(folder_ / "names.tsv") << "ORG\tNorland Trade Board\n";
    std::ofstream(folder_ / "bad.tsv") << "ORG\tNorland Trade Board\n\nCOMPANY\tSulmova Rail\n";
    std::ofstream(folder_ / "text.pem") << "no certificate\n";
  }
  static void TearDownTestSuite() { fs::remove_all(folder_); }

  /// Everything that is said of these settings, in which FOLDER stands for the test's; that comes back as FOLDER.
  static std::string said_of(std::string yaml) {
    replace(yaml, "FOLDER", folder_.string());
    const fs::path file = folder_ / "copydesk.yaml";
    std::ofstream(file) << yaml;
    settings::Settings settings;
    std::string said;
    for (const config::ConfigError& error : commands::load_settings(
             {.file = file,
              .environment =
                  [](const std::string& name) {
                    return name == "CA" ? std::optional<std::string>("/secret/ca.pem") : std::nullopt;
                  },
              .property_check = kafka::property_problem,
              .file_check = commands::check_files,
              .client_check = commands::check_clients},
             settings)) {
      said += config::to_string(error) + "\n";
    }
    replace(said, file.string(), "file");
    replace(said, folder_.string(), "FOLDER");
    return said;
  }

  static fs::path folder_;

 private:
  static void replace(std::string& text, const std::string& what, const std::string& by) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) {
      text.replace(at, what.size(), by);
    }
  }
};

fs::path StartChecks::folder_;

TEST_F(StartChecks, AreContentWithWhatIsThere) {
  EXPECT_EQ(said_of(R"(kafka:
  common:
    security.protocol: SASL_SSL
    sasl.mechanism: PLAIN
    ssl.ca.location: FOLDER/ca.pem
    ssl.certificate.location: FOLDER/server.pem
    ssl.key.location: FOLDER/server.key
names: {add: [FOLDER/names.tsv]}
http: {tls: {certificate: FOLDER/server.pem, key: FOLDER/server.key}}
)"),
            "");
  EXPECT_EQ(said_of("kafka: {common: {security.protocol: ssl, ssl.ca.location: FOLDER}}\n"), "");
  EXPECT_EQ(said_of("kafka: {common: {security.protocol: ssl, ssl.ca.location: probe}}\n"), "");
  EXPECT_EQ(said_of(""), "");
}

TEST_F(StartChecks, FindEveryFileOfEveryKind) {
  EXPECT_EQ(said_of(R"(kafka:
  common:
    ssl.ca.location: FOLDER/no-ca.pem
    ssl.certificate.location: FOLDER
    ssl.key.location: FOLDER/no.key
    ssl.keystore.location: FOLDER/no.p12
    ssl.crl.location: FOLDER/no.crl
    sasl.kerberos.keytab: FILE:FOLDER/no.keytab
    sasl.oauthbearer.config: token_file=FOLDER/token
pipeline:
  models: FOLDER/models
names:
  add:
    - FOLDER/names.tsv
    - FOLDER/no.tsv
    - FOLDER/bad.tsv
  block: FOLDER/gone.tsv
http:
  tls:
    certificate: FOLDER/no.crt
    key: FOLDER
)"),
            "file:3: kafka.common.ssl.ca.location: “FOLDER/no-ca.pem” does not exist; check the path\n"
            "file:4: kafka.common.ssl.certificate.location: “FOLDER” is a folder; name the file in it\n"
            "file:5: kafka.common.ssl.key.location: “FOLDER/no.key” does not exist; check the path\n"
            "file:6: kafka.common.ssl.keystore.location: “FOLDER/no.p12” does not exist; check the path\n"
            "file:7: kafka.common.ssl.crl.location: “FOLDER/no.crl” does not exist; check the path\n"
            "file:8: kafka.common.sasl.kerberos.keytab: “FILE:FOLDER/no.keytab” does not exist; check the path\n"
            "file:11: pipeline.models: “FOLDER/models” does not exist; check the path\n"
            "file:15: names.add[1]: “FOLDER/no.tsv” does not exist; check the path\n"
            "file:16: names.add[2]: FOLDER/bad.tsv:3: 'COMPANY' is no type of names; use PERSON, NORP, FAC, ORG, GPE, "
            "LOC, PRODUCT, EVENT, WORK_OF_ART, LAW or LANGUAGE\n"
            "file:17: names.block[0]: “FOLDER/gone.tsv” does not exist; check the path\n"
            "file:20: http.tls.certificate: “FOLDER/no.crt” does not exist; check the path\n"
            "file:21: http.tls.key: “FOLDER” is a folder; name the file in it\n");
}

TEST_F(StartChecks, SayWhereARelativePathBegins) {
  EXPECT_EQ(said_of("pipeline: {models: no/models}\n"),
            "file:1: pipeline.models: “no/models” does not exist; check the path (looked in " +
                fs::current_path().string() + ")\n");
}

// What a variable holds may be secret, also where it was put into the wrong place.
TEST_F(StartChecks, ShowVariablesAsTheyAreWritten) {
  EXPECT_EQ(said_of("kafka:\n  common:\n    ssl.ca.location: ${CA}\n"),
            "file:3: kafka.common.ssl.ca.location: “${CA}” does not exist; check the path\n");
  EXPECT_EQ(said_of("names:\n  add:\n    - ${CA}\n"), "file:3: names.add[0]: “${CA}” does not exist; check the path\n");
  // A list as one text shows the item alone, unless there is a variable in it.
  EXPECT_EQ(said_of("names:\n  add: FOLDER/names.tsv, /gone.tsv\n"),
            "file:2: names.add[1]: “/gone.tsv” does not exist; check the path\n");
  EXPECT_EQ(said_of("names:\n  add: FOLDER/names.tsv, ${CA}\n"),
            "file:2: names.add[1]: “FOLDER/names.tsv, ${CA}” does not exist; check the path\n");
}

TEST_F(StartChecks, ReadModels) {
  const fs::path models = folder_ / "half";
  fs::create_directories(models);
  EXPECT_NE(said_of("pipeline:\n  models: FOLDER/half\n").find("file:2: pipeline.models: model file 'FOLDER/half/"),
            std::string::npos)
      << said_of("pipeline:\n  models: FOLDER/half\n");
  fs::copy(fs::path(COPYDESK_SOURCE_DIR) / "models", models, fs::copy_options::recursive);
  EXPECT_EQ(said_of("pipeline:\n  models: FOLDER/half\n"), "");
  {
    // The version of a model's content, in its header.
    std::fstream model(models / "tagger.model", std::ios::in | std::ios::out | std::ios::binary);
    model.seekp(48);
    model.put('\x7F');
  }
  const std::string said = said_of("pipeline:\n  models: FOLDER/half\n");
  EXPECT_NE(said.find("tagger.model' holds 'tagger' version 127"), std::string::npos) << said;
}

TEST_F(StartChecks, ReadCertificatesAndKeys) {
  const std::string text = said_of("http:\n  tls:\n    certificate: FOLDER/text.pem\n    key: FOLDER/server.key\n");
  EXPECT_TRUE(text.starts_with("file:3: http.tls.certificate: cannot use 'FOLDER/text.pem'")) << text;
  const std::string other = said_of("http:\n  tls:\n    certificate: FOLDER/server.pem\n    key: FOLDER/other.key\n");
  EXPECT_TRUE(other.starts_with("file:4: http.tls.key: cannot use 'FOLDER/other.key'")) << other;

  const std::string ca =
      said_of("kafka:\n  common:\n    security.protocol: SSL\n    ssl.ca.location: FOLDER/text.pem\n");
  EXPECT_TRUE(ca.starts_with("file:4: kafka.common.ssl.ca.location: ")) << ca;
  const std::string locked = said_of(
      "kafka:\n  common:\n    security.protocol: SSL\n    ssl.ca.location: FOLDER/ca.pem\n"
      "    ssl.certificate.location: FOLDER/server.pem\n    ssl.key.location: FOLDER/server.locked.key\n"
      "    ssl.key.password: opensaysme\n");
  EXPECT_NE(locked, "");
  EXPECT_EQ(locked.find("opensaysme"), std::string::npos) << locked;
}

TEST_F(StartChecks, AreNoMatterOfShowing) {
  settings::Settings settings;
  std::ofstream(folder_ / "copydesk.yaml") << "pipeline: {models: /no/such/folder}\n";
  EXPECT_TRUE(commands::load_settings({.file = folder_ / "copydesk.yaml"}, settings).empty());
}

// Clients that librdkafka would not make are told with the property that it names.
TEST_F(StartChecks, TryTheClients) {
  const std::string said =
      said_of("kafka:\n  consumer:\n    session.timeout.ms: 400000\n    max.poll.interval.ms: 300000\n");
  EXPECT_TRUE(
      said.starts_with("file:4: kafka.consumer.max.poll.interval.ms: librdkafka refuses the settings of the "
                       "consumer: "))
      << said;
}

}  // namespace
}  // namespace copydesk
