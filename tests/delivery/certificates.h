// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "pipeline/private_broker/child_process.h"

namespace copydesk::delivery {

/// Certificates for tests, made by openssl: `NAME.pem`, with `NAME.key` (and `NAME.both.pem`, key and certificate in
/// one, as Kafka wants it), in one folder.
class Certificates {
 public:
  explicit Certificates(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// An authority that signs itself.
  void authority(const std::string& name) const {
    openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=" + name, "-keyout", key(name), "-out", pem(name)});
  }
  /// A certificate of an authority, for the host `host`.
  void issue(const std::string& name, const std::string& issuer, const std::string& host) const {
    const std::string request = (folder_ / (name + ".csr")).string();
    openssl({"req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=" + name,
             "-addext", "subjectAltName=DNS:" + host, "-keyout", key(name), "-out", request});
    openssl({"x509", "-req", "-in", request, "-CA", pem(issuer), "-CAkey", key(issuer), "-CAcreateserial",
             "-copy_extensions", "copy", "-days", "2", "-out", pem(name)});
    openssl({"pkcs8", "-topk8", "-nocrypt", "-in", key(name), "-out", both(name)});
    openssl({"x509", "-in", pem(name)}, both(name));
  }
  /// NAME.key once more as NAME.locked.key, under a password.
  void lock(const std::string& name, const std::string& password) const {
    openssl({"pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", key(name), "-out", locked_key(name), "-passout",
             "pass:" + password});
  }

  [[nodiscard]] std::string pem(const std::string& name) const { return (folder_ / (name + ".pem")).string(); }
  [[nodiscard]] std::string key(const std::string& name) const { return (folder_ / (name + ".key")).string(); }
  [[nodiscard]] std::string both(const std::string& name) const { return (folder_ / (name + ".both.pem")).string(); }
  [[nodiscard]] std::string locked_key(const std::string& name) const {
    return (folder_ / (name + ".locked.key")).string();
  }

 private:
  void openssl(std::vector<std::string> arguments, const std::filesystem::path& out = {}) const {
    arguments.insert(arguments.begin(), "openssl");
    private_broker::ChildProcess child({.argv = arguments, .out = out, .err = folder_ / "openssl.log"});
    const auto& ended = child.wait(std::chrono::minutes(1));
    if (!ended || !ended->clean()) throw std::runtime_error("openssl " + arguments[1] + " failed: see openssl.log");
  }

  std::filesystem::path folder_;
};

}  // namespace copydesk::delivery
