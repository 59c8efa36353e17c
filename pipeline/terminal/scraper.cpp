// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/scraper.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <stdexcept>
#include <utility>

#include "pipeline/terminal/printable.h"

namespace copydesk::terminal {
namespace {

constexpr int kLookMs = 50;

struct EasyCleanup {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct MultiCleanup {
  void operator()(CURLM* handle) const noexcept { curl_multi_cleanup(handle); }
};
using Easy = std::unique_ptr<CURL, EasyCleanup>;
using Multi = std::unique_ptr<CURLM, MultiCleanup>;

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (body.size() + size * count > Scraper::kMostBytes) return 0;  // ends the transfer
  body.append(bytes, size * count);
  return size * count;
}

std::string failure(CURLcode code, std::string_view detail) {
  std::string what = printable(detail.empty() ? curl_easy_strerror(code) : detail);
  switch (code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
      return what +
             ": check that a worker runs there and that its `http.listen` is an address that this machine reaches";
    case CURLE_OPERATION_TIMEDOUT: return what + ": it is busy, stopped, or behind a firewall";
    case CURLE_PEER_FAILED_VERIFICATION:
      return what + ": name who signed its certificate with --ca, and the worker as the certificate names it";
    case CURLE_SSL_CONNECT_ERROR: return what + ": it may speak plain HTTP; then leave out https://";
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY: return what + ": it may have `http.tls`; then write https:// before it";
    default: return what;
  }
}

std::string refusal(long status) {
  switch (status) {
    case 400: return "HTTP status 400: it may have `http.tls`; then write https:// before it";
    case 401:
      return "it wants a password, or another one: give --user, and the password in --password-file or in the variable "
             "COPYDESK_HTTP_PASSWORD";
    case 403:
    case 421:
      return fmt::format(
          "HTTP status {}: it does not go by this name: use its address, or list the name in `http.hosts`", status);
    case 404: return "HTTP status 404: something other than a Copydesk worker listens there";
    default: return fmt::format("HTTP status {}", status);
  }
}

}  // namespace

class Scraper::Impl {
 public:
  explicit Impl(Options options) : options_(std::move(options)) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    multi_.reset(curl_multi_init());
    if (ready != CURLE_OK || multi_ == nullptr) throw std::runtime_error("libcurl cannot be set up");
  }

  std::vector<Scrape> scrape(std::span<const WorkerAddress> addresses, const std::function<bool()>& go_on) {
    std::vector<Scrape> answers(addresses.size(), Scrape{.ok = false, .body = {}, .error = "not asked to the end"});
    std::vector<Transfer> transfers(addresses.size());
    for (std::size_t i = 0; i < addresses.size(); ++i) begin(transfers[i], addresses[i], answers[i]);
    int running = 1;
    while (running > 0 && go_on()) {
      curl_multi_perform(multi_.get(), &running);
      finish(transfers, answers);
      if (running > 0) curl_multi_poll(multi_.get(), nullptr, 0, kLookMs, nullptr);
    }
    for (const Transfer& transfer : transfers) curl_multi_remove_handle(multi_.get(), transfer.handle.get());
    return answers;
  }

 private:
  struct Transfer {
    Easy handle;
    std::array<char, CURL_ERROR_SIZE> detail{};
  };

  void begin(Transfer& transfer, const WorkerAddress& address, Scrape& answer) {
    transfer.handle.reset(curl_easy_init());
    CURL* const handle = transfer.handle.get();
    if (handle == nullptr) throw std::runtime_error("libcurl cannot be set up");
    curl_easy_setopt(handle, CURLOPT_URL, address.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout.count()));
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, transfer.detail.data());
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer.body);
    if (!options_.username.empty()) {
      curl_easy_setopt(handle, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
      curl_easy_setopt(handle, CURLOPT_USERNAME, options_.username.c_str());
      curl_easy_setopt(handle, CURLOPT_PASSWORD, options_.password.reveal().c_str());
    }
    if (!options_.authority.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, options_.authority.c_str());
    curl_multi_add_handle(multi_.get(), handle);
  }

  void finish(const std::vector<Transfer>& transfers, std::vector<Scrape>& answers) {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      for (std::size_t i = 0; i < transfers.size(); ++i) {
        if (transfers[i].handle.get() != message->easy_handle) continue;
        long status = 0;
        curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
        if (message->data.result != CURLE_OK) {
          answers[i].error = failure(message->data.result, transfers[i].detail.data());
        } else if (status != 200) {
          answers[i].error = refusal(status);
        } else {
          answers[i].ok = true;
          answers[i].error.clear();
        }
      }
    }
  }

  const Options options_;
  Multi multi_;
};

Scraper::Scraper(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Scraper::~Scraper() = default;
std::vector<Scrape> Scraper::scrape(std::span<const WorkerAddress> addresses, const std::function<bool()>& go_on) {
  return impl_->scrape(addresses, go_on);
}

}  // namespace copydesk::terminal
