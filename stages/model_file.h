// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace copydesk {

/// A file of trained weights, read into memory: named sections of plain numbers, little-endian.
///
/// Layout (all integers little-endian):
///   0  8 bytes   "CPYDESKM"
///   8  u32       version of this layout (1)
///  12  u32       number of sections
///  16  u64       size of the whole file in bytes
///  24  u64       XXH3 (64 bits) of everything from byte 32 on
///  32  16 bytes  kind of model, padded with zeros ("tagger")
///  48  u32 + u32 version of that kind's own content; zero
///  56  per section: 24 bytes name, u64 offset, u64 size
///      then the sections, each at a multiple of 64 bytes (a cache line)
///
/// The content is a copy in read-only memory that begins on a huge page (2 MiB), where the kernel has some: weights are
/// read here and there, and looking up the small pages of a mapped file takes time. So the file may also change or go
/// while a worker runs. Threads share it. Views stay valid as long as the object (moving it keeps them).
class ModelFile {
 public:
  /// Reads and checks the file (about 0.5 s per GB when cached).
  /// Throws std::runtime_error, with the file's name and what to do, where it is missing, not a model, of another
  /// kind or version, cut short or damaged.
  ModelFile(const std::filesystem::path& path, std::string_view kind, std::uint32_t version);

  /// The bytes of a section, aligned to 64. Throws std::runtime_error where there is no such section.
  [[nodiscard]] std::span<const std::byte> section(std::string_view name) const;

  /// A section as an array of T. Throws std::runtime_error where its size is not a multiple of T's, or `count` is
  /// given and differs.
  template <class T>
  [[nodiscard]] std::span<const T> array(std::string_view name, std::size_t count = kAnyCount) const {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 64);
    const std::span<const std::byte> bytes = section(name);
    const std::size_t found = bytes.size() / sizeof(T);
    if (bytes.size() % sizeof(T) != 0 || (count != kAnyCount && count != found)) fail_section_size(name);
    return {reinterpret_cast<const T*>(bytes.data()), found};
  }

  /// The first eight hexadecimal digits of the checksum: which weights these are, for the record's provenance.
  [[nodiscard]] std::string fingerprint() const;

  static constexpr std::size_t kAnyCount = static_cast<std::size_t>(-1);

 private:
  [[noreturn]] void fail(std::string_view what, std::string_view advice) const;
  [[noreturn]] void fail_section_size(std::string_view name) const;
  void read();
  void check(std::string_view kind, std::uint32_t version) const;

  struct Unmap {
    std::size_t size;  ///< bytes
    void operator()(std::byte* pages) const noexcept;
  };

  std::string path_;
  std::unique_ptr<std::byte, Unmap> pages_{nullptr, Unmap{0}};
  const std::byte* data_ = nullptr;  ///< within pages_
  std::size_t size_ = 0;
};

/// One section to write. `bytes` is not owned.
struct ModelSection {
  std::string name;  ///< at most 23 bytes
  std::span<const std::byte> bytes;
};

/// Writes a file that ModelFile reads, in one go (a temporary file beside it, then renamed). Throws
/// std::runtime_error where the disk refuses. For the tools that train.
void write_model_file(const std::filesystem::path& path, std::string_view kind, std::uint32_t version,
                      std::span<const ModelSection> sections);

/// `items` as a section's bytes.
template <class T>
[[nodiscard]] ModelSection model_section(std::string name, const std::vector<T>& items) {
  static_assert(std::is_trivially_copyable_v<T>);
  return {std::move(name), std::as_bytes(std::span<const T>(items))};
}

}  // namespace copydesk
