// SPDX-License-Identifier: Apache-2.0
#include "stages/parse/markup_text.h"

#include <libxml/HTMLparser.h>
#include <libxml/dict.h>
#include <libxml/parser.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

#include "stages/parse/text_layout.h"

namespace copydesk::parse {
namespace {

/// What an element does to the text. Elements that are not listed are inline.
enum class Role : std::uint8_t {
  kInline,
  kBlock,  ///< a paragraph of its own
  kLine,   ///< a line of its own
  kList,   ///< a paragraph; a line inside another list
  kBreak,
  kDropped,  ///< not a reader's text
  kPre,
  kTable,
  kRow,
  kCell,
  kQuotation,  ///< browsers put quotation marks around it
  kHead,       ///< NITF's head of the body: only its first headline is of use
  kHeadline,   ///< NITF's `hl1`
};

struct Element {
  std::string_view name;
  Role role;
};

// HTML's elements by their default style (WHATWG HTML, section 15.3), NITF 3.6's by its DTD. Sorted.
constexpr std::array kElements{
    Element{"address", Role::kBlock},
    Element{"article", Role::kBlock},
    Element{"aside", Role::kBlock},
    Element{"audio", Role::kDropped},
    Element{"bibliography", Role::kDropped},
    Element{"block", Role::kBlock},
    Element{"blockquote", Role::kBlock},
    Element{"body", Role::kBlock},
    Element{"body.content", Role::kBlock},
    Element{"body.end", Role::kDropped},
    Element{"body.head", Role::kHead},
    Element{"bq", Role::kBlock},
    Element{"br", Role::kBreak},
    Element{"button", Role::kDropped},
    Element{"byline", Role::kDropped},
    Element{"canvas", Role::kDropped},
    Element{"caption", Role::kBlock},
    Element{"center", Role::kBlock},
    Element{"datasource", Role::kBlock},
    Element{"dd", Role::kLine},
    Element{"details", Role::kBlock},
    Element{"dialog", Role::kBlock},
    Element{"distributor", Role::kDropped},
    Element{"div", Role::kBlock},
    Element{"dl", Role::kList},
    Element{"dt", Role::kLine},
    Element{"embed", Role::kDropped},
    Element{"fieldset", Role::kBlock},
    Element{"figcaption", Role::kBlock},
    Element{"figure", Role::kBlock},
    Element{"fn", Role::kBlock},
    Element{"footer", Role::kBlock},
    Element{"form", Role::kBlock},
    Element{"h1", Role::kBlock},
    Element{"h2", Role::kBlock},
    Element{"h3", Role::kBlock},
    Element{"h4", Role::kBlock},
    Element{"h5", Role::kBlock},
    Element{"h6", Role::kBlock},
    Element{"head", Role::kDropped},
    Element{"header", Role::kBlock},
    Element{"hgroup", Role::kBlock},
    Element{"hl1", Role::kHeadline},
    Element{"hl2", Role::kBlock},
    Element{"hr", Role::kBlock},
    Element{"html", Role::kBlock},
    Element{"iframe", Role::kDropped},
    Element{"legend", Role::kBlock},
    Element{"li", Role::kLine},
    Element{"main", Role::kBlock},
    Element{"map", Role::kDropped},
    Element{"media", Role::kBlock},
    Element{"media-caption", Role::kBlock},
    Element{"media-metadata", Role::kDropped},
    Element{"media-object", Role::kDropped},
    Element{"media-producer", Role::kDropped},
    Element{"media-reference", Role::kDropped},
    Element{"menu", Role::kList},
    Element{"nav", Role::kBlock},
    Element{"nitf", Role::kBlock},
    Element{"nitf-table", Role::kBlock},
    Element{"nitf-table-metadata", Role::kDropped},
    Element{"noframes", Role::kDropped},
    Element{"noscript", Role::kDropped},
    Element{"note", Role::kBlock},
    Element{"object", Role::kDropped},
    Element{"ol", Role::kList},
    Element{"p", Role::kBlock},
    Element{"pre", Role::kPre},
    Element{"q", Role::kQuotation},
    Element{"script", Role::kDropped},
    Element{"search", Role::kBlock},
    Element{"section", Role::kBlock},
    Element{"select", Role::kDropped},
    Element{"style", Role::kDropped},
    Element{"summary", Role::kBlock},
    Element{"svg", Role::kDropped},
    Element{"table", Role::kTable},
    Element{"td", Role::kCell},
    Element{"template", Role::kDropped},
    Element{"textarea", Role::kDropped},
    Element{"th", Role::kCell},
    Element{"title", Role::kDropped},
    Element{"tr", Role::kRow},
    Element{"ul", Role::kList},
    Element{"video", Role::kDropped},
};
static_assert(std::is_sorted(kElements.begin(), kElements.end(),
                             [](const Element& a, const Element& b) { return a.name < b.name; }));

[[nodiscard]] Role role_of(std::string_view name) noexcept {
  const auto* const found =
      std::lower_bound(kElements.begin(), kElements.end(), name,
                       [](const Element& element, std::string_view key) { return element.name < key; });
  return found != kElements.end() && found->name == name ? found->role : Role::kInline;
}

[[nodiscard]] std::string_view view(const xmlChar* text) noexcept {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

/// HTML has no element for a byline; wires mark it with a class.
[[nodiscard]] bool is_byline(const xmlChar** attributes) noexcept {
  for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
    if (view(attributes[0]) != "class") continue;
    std::string_view classes = view(attributes[1]);
    while (!classes.empty()) {
      const std::size_t end = std::min(classes.find(' '), classes.size());
      if (classes.substr(0, end) == "byline") return true;
      classes.remove_prefix(std::min(end + 1, classes.size()));
    }
  }
  return false;
}

/// Takes libxml2's events for one document.
class Events {
 public:
  Events(htmlParserCtxtPtr parser, const StageContext& context, MarkupText& out)
      : parser_(parser), context_(context), body_(out.body), headline_(out.headline), headline_text_(out.headline) {}

  [[nodiscard]] std::optional<Error> fault() const {
    if (out_of_memory_) return Error{ErrorCode::kMemoryLimit, "the text of the markup needs more memory than there is"};
    return fault_;
  }

  void start(std::string_view name, const xmlChar** attributes) {
    if (stopped()) return;
    if (++depth_ > kMaxDepth) {
      return stop({ErrorCode::kTooDeep, "elements inside each other deeper than " + std::to_string(kMaxDepth) +
                                            " levels; repair the markup"});
    }
    if (dropped_at_ != 0) return;
    const Role role = role_of(name);
    if (role == Role::kHeadline && headline_at_ == 0 && headline_text_.empty()) {
      headline_at_ = depth_;
      return;
    }
    if (headline_at_ != 0) return;
    if (role == Role::kHead && head_at_ == 0) head_at_ = depth_;
    if (role == Role::kDropped || is_byline(attributes)) {
      dropped_at_ = depth_;
      return;
    }
    open(role);
  }

  void end(std::string_view name) {
    if (stopped() || depth_ == 0) return;
    const std::uint32_t depth = depth_--;
    if (dropped_at_ != 0) {
      if (dropped_at_ == depth) dropped_at_ = 0;
      return;
    }
    if (headline_at_ != 0) {
      if (headline_at_ == depth) headline_at_ = 0;
      return;
    }
    if (head_at_ == depth) head_at_ = 0;
    close(role_of(name));
  }

  void other() { (void)stopped(); }

  void out_of_memory() noexcept {
    out_of_memory_ = true;
    xmlStopParser(parser_);
  }

  void text(std::string_view characters) {
    if (stopped() || dropped_at_ != 0) return;
    if (headline_at_ != 0) return headline_.text(characters);
    if (head_at_ == 0) body_.text(characters);
  }

 private:
  static constexpr std::uint32_t kMaxDepth = 256;
  static constexpr int kMaxNames = 512;

  void open(Role role) {
    switch (role) {
      case Role::kBlock:
      case Role::kHead:
      case Role::kHeadline: return body_.paragraph();
      case Role::kTable: return body_.paragraph();
      case Role::kLine: return body_.line();
      case Role::kBreak: return body_.line_break();
      case Role::kList: return lists_++ == 0 ? body_.paragraph() : body_.line();
      case Role::kPre: return body_.begin_preformatted();
      case Role::kRow: return body_.begin_row();
      case Role::kCell: return body_.begin_cell();
      case Role::kQuotation: return text(quotations_++ % 2 == 0 ? "“" : "‘");
      case Role::kInline:
      case Role::kDropped: return;
    }
  }
  void close(Role role) {
    switch (role) {
      case Role::kBlock:
      case Role::kHead:
      case Role::kHeadline: return body_.paragraph();
      case Role::kTable: return body_.end_table();
      case Role::kLine: return body_.line();
      case Role::kList:
        if (lists_ > 0) --lists_;
        return lists_ == 0 ? body_.paragraph() : body_.line();
      case Role::kPre: return body_.end_preformatted();
      case Role::kQuotation:
        if (quotations_ > 0) --quotations_;
        return text(quotations_ % 2 == 0 ? "”" : "’");
      case Role::kBreak:
      case Role::kRow:
      case Role::kCell:
      case Role::kInline:
      case Role::kDropped: return;
    }
  }

  void stop(Error error) {
    fault_ = std::move(error);
    xmlStopParser(parser_);
  }
  [[nodiscard]] bool stopped() {
    constexpr std::uint32_t kEventsPerClockReading = 1024;
    if (fault_ || out_of_memory_) return true;
    if (xmlDictSize(parser_->dict) > kMaxNames) {
      stop({ErrorCode::kTooLarge, "more than " + std::to_string(kMaxNames) +
                                      " different names of elements and attributes; repair the markup"});
    }
    if (++events_ % kEventsPerClockReading == 0 && context_.expired()) {
      stop({ErrorCode::kDeadline, "converting the markup took longer than `limits.article_deadline`"});
    }
    return fault_.has_value();
  }

  htmlParserCtxtPtr parser_;
  const StageContext& context_;
  TextLayout body_;
  TextLayout headline_;
  const std::string& headline_text_;
  std::optional<Error> fault_;
  bool out_of_memory_ = false;
  std::uint32_t depth_ = 0;
  std::uint32_t dropped_at_ = 0;   // depth of the outermost dropped element; 0: none
  std::uint32_t head_at_ = 0;      // of `body.head`
  std::uint32_t headline_at_ = 0;  // of the `hl1` that becomes the headline
  std::uint32_t lists_ = 0;
  std::uint32_t quotations_ = 0;
  std::uint32_t events_ = 0;
};

// libxml2 calls back through C: an allocation that fails must not throw through it.
template <class Action>
void guarded(void* events, const Action& action) noexcept {
  auto& sink = *static_cast<Events*>(events);
  try {
    action(sink);
  } catch (const std::bad_alloc&) {
    sink.out_of_memory();
  }
}

void on_start(void* events, const xmlChar* name, const xmlChar** attributes) {
  guarded(events, [&](Events& sink) { sink.start(view(name), attributes); });
}
void on_end(void* events, const xmlChar* name) {
  guarded(events, [&](Events& sink) { sink.end(view(name)); });
}
void on_text(void* events, const xmlChar* characters, int size) {
  guarded(events, [&](Events& sink) {
    sink.text({reinterpret_cast<const char*>(characters), static_cast<std::size_t>(size)});
  });
}

// What libxml2 calls an error is everyday HTML; but some of it comes with no other event.
#if LIBXML_VERSION >= 21200
using ReportedError = const xmlError*;
#else
using ReportedError = xmlError*;
#endif
void on_error(void* events, ReportedError) {
  guarded(events, [](Events& sink) { sink.other(); });
}

/// Feeds libxml2, first an element of our own to put a fragment into: outside any it makes paragraphs up.
class Source {
 public:
  explicit Source(std::string_view markup) : root_(is_document(markup) ? "" : "<fragment>"), rest_(markup) {}

  static int read(void* source, char* buffer, int size) noexcept {
    auto& self = *static_cast<Source*>(source);
    std::string_view& part = self.root_.empty() ? self.rest_ : self.root_;
    const std::size_t count = std::min(part.size(), static_cast<std::size_t>(size));
    std::copy_n(part.begin(), count, buffer);
    part.remove_prefix(count);
    return static_cast<int>(count);
  }

 private:
  [[nodiscard]] static bool is_document(std::string_view markup) noexcept {
    markup.remove_prefix(std::min(markup.find_first_not_of(" \t\r\n"), markup.size()));
    for (const std::string_view start : {"<!doctype", "<?xml", "<html", "<head", "<body", "<nitf"}) {
      const std::string_view mine = markup.substr(0, start.size());
      if (std::equal(mine.begin(), mine.end(), start.begin(), start.end(), [](char a, char b) {
            return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + ('a' - 'A')) : a) == b;
          })) {
        return true;
      }
    }
    return false;
  }

  std::string_view root_;
  std::string_view rest_;
};

struct FreeParser {
  void operator()(htmlParserCtxtPtr parser) const noexcept { htmlFreeParserCtxt(parser); }
};

}  // namespace

void prepare_markup_parser() {
  xmlInitParser();
}

std::optional<Error> convert_markup(std::string_view markup, const StageContext& context, MarkupText& out) {
  out.clear();
  const std::unique_ptr<htmlParserCtxt, FreeParser> parser(htmlNewParserCtxt());
  if (parser == nullptr) return Error{ErrorCode::kMemoryLimit, "the HTML parser got no memory"};
  // libxml2 compares each attribute of a tag with all before it, so one tag of a million names would take hours. This
  // limit ends the list early; Events then refuses the document, before libxml2 meets a name that it cannot store.
  constexpr std::size_t kNameBytes = 21000;
  xmlDictSetLimit(parser->dict, kNameBytes);

  Events events(parser.get(), context, out);
  *parser->sax = xmlSAXHandler{};
  parser->sax->startElement = on_start;
  parser->sax->endElement = on_end;
  parser->sax->characters = on_text;
  parser->sax->cdataBlock = on_text;
  parser->sax->ignorableWhitespace = on_text;
  parser->sax->initialized = XML_SAX2_MAGIC;  // or `serror` is not called
  parser->sax->serror = on_error;
  parser->userData = &events;
  constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                           HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC;
  Source source(markup);
  htmlDocPtr tree = htmlCtxtReadIO(parser.get(), Source::read, nullptr, &source, nullptr, "UTF-8", kOptions);
  if (tree != nullptr) xmlFreeDoc(tree);
  if (auto fault = events.fault()) return fault;
  const xmlError* const last = xmlCtxtGetLastError(parser.get());
  if (last != nullptr && last->code == XML_ERR_NO_MEMORY) {
    return Error{ErrorCode::kMemoryLimit, "the HTML parser got no memory"};
  }
  return std::nullopt;
}

}  // namespace copydesk::parse
