// SPDX-License-Identifier: Apache-2.0
#include "stages/model_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <system_error>

namespace copydesk {
namespace {

static_assert(std::endian::native == std::endian::little, "model files are read as they are: little-endian only");

constexpr std::array<char, 8> kMagic{'C', 'P', 'Y', 'D', 'E', 'S', 'K', 'M'};
constexpr std::uint32_t kLayout = 1;
constexpr std::size_t kAlignment = 64;

struct Header {
  std::array<char, 8> magic;
  std::uint32_t layout;
  std::uint32_t sections;
  std::uint64_t file_size;
  std::uint64_t checksum;  // of everything after this field
  std::array<char, 16> kind;
  std::uint32_t version;
  std::uint32_t reserved;
};
static_assert(sizeof(Header) == 56);
constexpr std::size_t kChecksumFrom = 32;

struct Entry {
  std::array<char, 24> name;
  std::uint64_t offset;
  std::uint64_t size;
};
static_assert(sizeof(Entry) == 40);

template <std::size_t N>
std::string_view padded(const std::array<char, N>& field) {
  return {field.data(), strnlen(field.data(), N)};
}
template <std::size_t N>
std::array<char, N> pad(std::string_view text, std::string_view what) {
  if (text.size() >= N)
    throw std::runtime_error("name of a model's " + std::string(what) + " is too long: " + std::string(text));
  std::array<char, N> field{};
  std::memcpy(field.data(), text.data(), text.size());
  return field;
}

constexpr std::size_t kHugePage = std::size_t{2} << 20U;  // bytes; of x86-64, and of arm64 with pages of 4 KiB

constexpr std::size_t aligned(std::size_t offset) {
  return (offset + kAlignment - 1) / kAlignment * kAlignment;
}

constexpr std::string_view kReinstall =
    "reinstall the package that brought it, or train it again (see models/README.md)";

}  // namespace

void ModelFile::Unmap::operator()(std::byte* pages) const noexcept {
  ::munmap(pages, size);
}

ModelFile::ModelFile(const std::filesystem::path& path, std::string_view kind, std::uint32_t version)
    : path_(path.string()) {
  read();
  check(kind, version);
}

void ModelFile::read() {
  struct Close {
    int file;
    ~Close() { ::close(file); }
  };
  const int file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    fail("cannot be opened: " + std::generic_category().message(errno),
         "check the setting for the folder of models, or " + std::string(kReinstall));
  }
  const Close close{file};
  struct stat info{};
  if (::fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) fail("is no file", kReinstall);
  size_ = static_cast<std::size_t>(info.st_size);
  if (size_ < sizeof(Header)) fail("is too short to be a model", kReinstall);

  const std::size_t room = size_ + kHugePage;  // for the start at a multiple of kHugePage
  void* const pages = ::mmap(nullptr, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) fail("finds no memory: " + std::generic_category().message(errno), "give the process more");
  pages_ = {static_cast<std::byte*>(pages), Unmap{room}};
  std::size_t space = room;
  void* start = pages;
  auto* const data = static_cast<std::byte*>(std::align(kHugePage, size_, start, space));
  const std::size_t huge = size_ / kHugePage * kHugePage;  // the rest would waste a part of its page
  if (huge > 0) ::madvise(data, huge, MADV_HUGEPAGE);      // advice: what refuses it is slower, not wrong
  for (std::size_t done = 0; done < size_;) {
    const ssize_t count = ::read(file, data + done, size_ - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("cannot be read: " + std::generic_category().message(errno), kReinstall);
    if (count == 0) fail("has become shorter while it was read", kReinstall);
    done += static_cast<std::size_t>(count);
  }
  ::mprotect(pages, room, PROT_READ);
  data_ = data;
}

std::string ModelFile::fingerprint() const {
  static constexpr std::string_view kHex = "0123456789abcdef";
  Header header{};
  std::memcpy(&header, data_, sizeof header);
  std::string digits;
  for (unsigned shift = 64; digits.size() < 8;) {
    shift -= 4;
    digits += kHex[header.checksum >> shift & 0xFU];
  }
  return digits;
}

void ModelFile::fail(std::string_view what, std::string_view advice) const {
  throw std::runtime_error("model file '" + path_ + "' " + std::string(what) + "; " + std::string(advice));
}

void ModelFile::fail_section_size(std::string_view name) const {
  fail("has a section '" + std::string(name) + "' of an unexpected size", kReinstall);
}

void ModelFile::check(std::string_view kind, std::uint32_t version) const {
  Header header{};
  std::memcpy(&header, data_, sizeof header);
  if (header.magic != kMagic || header.layout != kLayout) fail("is not a Copydesk model of this release", kReinstall);
  if (header.file_size != size_) {
    fail("has " + std::to_string(size_) + " bytes instead of " + std::to_string(header.file_size), kReinstall);
  }
  if (padded(header.kind) != kind || header.version != version) {
    fail("holds '" + std::string(padded(header.kind)) + "' version " + std::to_string(header.version) + ", not '" +
             std::string(kind) + "' version " + std::to_string(version),
         kReinstall);
  }
  if (XXH3_64bits(data_ + kChecksumFrom, size_ - kChecksumFrom) != header.checksum) {
    fail("is damaged (its checksum differs)", kReinstall);
  }
  if (header.sections > (size_ - sizeof(Header)) / sizeof(Entry)) fail("has a broken table of sections", kReinstall);
  for (std::uint32_t i = 0; i < header.sections; ++i) {
    Entry entry{};
    std::memcpy(&entry, data_ + sizeof(Header) + i * sizeof(Entry), sizeof entry);
    if (entry.offset > size_ || entry.size > size_ - entry.offset || entry.offset % kAlignment != 0) {
      fail("has a broken table of sections", kReinstall);
    }
  }
}

std::span<const std::byte> ModelFile::section(std::string_view name) const {
  Header header{};
  std::memcpy(&header, data_, sizeof header);
  for (std::uint32_t i = 0; i < header.sections; ++i) {
    Entry entry{};
    std::memcpy(&entry, data_ + sizeof(Header) + i * sizeof(Entry), sizeof entry);
    if (padded(entry.name) == name) return {data_ + entry.offset, static_cast<std::size_t>(entry.size)};
  }
  fail("has no section '" + std::string(name) + "'", kReinstall);
}

void write_model_file(const std::filesystem::path& path, std::string_view kind, std::uint32_t version,
                      std::span<const ModelSection> sections) {
  std::vector<Entry> entries;
  std::size_t offset = sizeof(Header) + sections.size() * sizeof(Entry);
  for (const ModelSection& section : sections) {
    offset = aligned(offset);
    entries.push_back({pad<24>(section.name, "section"), offset, section.bytes.size()});
    offset += section.bytes.size();
  }
  std::vector<std::byte> bytes(offset);
  Header header{kMagic,  kLayout, static_cast<std::uint32_t>(sections.size()), offset, 0, pad<16>(kind, "kind"),
                version, 0};
  std::memcpy(bytes.data(), &header, sizeof header);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::memcpy(bytes.data() + sizeof(Header) + i * sizeof(Entry), &entries[i], sizeof(Entry));
    if (!sections[i].bytes.empty()) {
      std::memcpy(bytes.data() + entries[i].offset, sections[i].bytes.data(), sections[i].bytes.size());
    }
  }
  header.checksum = XXH3_64bits(bytes.data() + kChecksumFrom, bytes.size() - kChecksumFrom);
  std::memcpy(bytes.data(), &header, sizeof header);

  std::filesystem::path temporary = path;
  temporary += ".new";
  std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file)
    throw std::runtime_error("cannot write '" + temporary.string() + "'; check the folder and the disk's free space");
  std::filesystem::rename(temporary, path);
}

}  // namespace copydesk
