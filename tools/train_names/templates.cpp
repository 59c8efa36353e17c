// SPDX-License-Identifier: Apache-2.0
#include "tools/train_names/templates.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace copydesk::entities::training {

namespace {

constexpr std::size_t kMostFillers = 40000;

std::vector<std::string> split_words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

int number_of(EntityType type) {
  return static_cast<int>(type);
}

bool plain(const std::string& word) {
  return word.size() > 1 && word[0] >= 'A' && word[0] <= 'Z' && std::all_of(word.begin(), word.end(), [](char c) {
           return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '\'' || (c & 0x80) != 0;
         });
}

constexpr std::array kClubSuffixes{"United",   "City",   "Rovers", "Town",    "Athletic", "Wanderers",
                                   "FC",       "Albion", "County", "Rangers", "Dynamo",   "Lokomotiv",
                                   "Sporting", "Real",   "Racing", "Olympic", "Sharks",   "Bulls",
                                   "Tigers",   "Giants", "Bears",  "Lions"};
constexpr std::array kClubPrefixes{"Real",     "Dynamo", "Spartak",   "Inter",    "AC",       "FC",       "Red Star",
                                   "Sporting", "Racing", "Olympique", "Borussia", "Hapoel",   "Maccabi",  "Lokomotiv",
                                   "Slavia",   "Sparta", "Austria",   "Rapid",    "Atletico", "Deportivo"};
constexpr std::array kClubs{"Ajax",          "Feyenoord",     "Juventus",     "Lazio",          "Sampdoria",
                            "Benfica",       "Celtic",        "Rangers",      "Arsenal",        "Chelsea",
                            "Everton",       "Fulham",        "Tottenham",    "Aston Villa",    "Liverpool",
                            "Bayern Munich", "Werder Bremen", "Schalke",      "Anderlecht",     "Club Brugge",
                            "Galatasaray",   "Fenerbahce",    "Besiktas",     "Panathinaikos",  "Olympiakos",
                            "Grasshopper",   "Servette",      "Ferencvaros",  "Legia",          "Steaua",
                            "Partizan",      "Boca Juniors",  "River Plate",  "Flamengo",       "Santos",
                            "Corinthians",   "Yankees",       "Red Sox",      "Mets",           "Dodgers",
                            "Braves",        "Orioles",       "Mariners",     "Athletics",      "Twins",
                            "Royals",        "Blue Jays",     "Phillies",     "Pirates",        "Padres",
                            "Astros",        "Cubs",          "White Sox",    "Cardinals",      "Lakers",
                            "Celtics",       "Knicks",        "Nets",         "Pistons",        "Pacers",
                            "Heat",          "Rockets",       "Spurs",        "Jazz",           "Suns",
                            "Warriors",      "Packers",       "Cowboys",      "Broncos",        "49ers",
                            "Bills",         "Jets",          "Dolphins",     "Patriots",       "Steelers",
                            "Raiders",       "Chiefs",        "Redskins",     "Eagles",         "Vikings",
                            "Oilers",        "Flames",        "Canucks",      "Canadiens",      "Maple Leafs",
                            "Bruins",        "Sabres",        "Penguins",     "Flyers",         "Devils",
                            "Islanders",     "Avalanche",     "Surrey",       "Essex",          "Kent",
                            "Yorkshire",     "Lancashire",    "Warwickshire", "Glamorgan",      "Somerset",
                            "Sussex",        "Hampshire",     "Middlesex",    "Leicestershire", "Nottinghamshire",
                            "Worcestershire"};
constexpr std::array kLeagues{
    "first division", "second division", "league", "premier league", "premier division", "cup", "super league"};
constexpr std::array kNewsAgencies{"Reuters", "AP",  "AFP",   "Xinhua",  "Interfax",
                                   "Tass",    "UPI", "Kyodo", "Anadolu", "dpa"};
constexpr std::array kParties{
    "Labour", "Democratic Party", "Conservative Party", "Social Democrats", "Liberal Democrats", "Republican Party",
    "Greens"};
constexpr std::array kDays{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};
constexpr std::array kGrounds{"Lord 's",        "The Oval",     "Old Trafford",
                              "Wembley",        "Headingley",   "Eden Gardens",
                              "Edgbaston",      "Trent Bridge", "Melbourne Cricket Ground",
                              "Olympic Stadium"};

template <std::size_t N>
std::string pick(const std::array<const char*, N>& list, std::mt19937& random) {
  return list[random() % N];
}

}  // namespace

TemplateWriter::TemplateWriter(const std::filesystem::path& templates, const std::filesystem::path& gazetteers) {
  std::ifstream file(templates);
  if (!file) throw std::runtime_error(templates.string() + ": cannot be read");
  std::vector<std::string> block;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] == '#') continue;
    if (!line.empty()) {
      block.push_back(line);
    } else if (!block.empty()) {
      blocks_.push_back(std::move(block));
      block.clear();
    }
  }
  if (!block.empty()) blocks_.push_back(std::move(block));
  std::ifstream names(gazetteers / "gaz.tsv");
  if (!names || blocks_.empty()) throw std::runtime_error(gazetteers.string() + ": gaz.tsv cannot be read");
  for (std::string line; std::getline(names, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    const std::string kind = line.substr(0, tab);
    const std::string name = line.substr(tab + 1);
    if (kind == "CITYBIG") big_cities_.push_back(name);
    if (kind == "CITY") cities_.push_back(name);
    if (kind == "COUNTRY" && name.size() > 3 && name.find(',') == std::string::npos) countries_.push_back(name);
    if (kind == "NORP" && name.find('-') == std::string::npos && name.size() > 4) nationalities_.push_back(name);
    if (kind == "FIRST") first_names_.push_back(name);
    if (kind == "LAST") last_names_.push_back(name);
  }
  for (const auto* list : {&big_cities_, &cities_, &countries_, &nationalities_, &first_names_, &last_names_}) {
    if (list->empty()) throw std::runtime_error(gazetteers.string() + ": gaz.tsv lacks a list that the templates need");
  }
}

void TemplateWriter::learn(const LabelledDocument& document) {
  for (const LabelledSentence& sentence : document) {
    for (const LabelledSentence::Span name : sentence.names) {
      const std::vector<std::string> words(sentence.words.begin() + name.begin, sentence.words.begin() + name.end);
      if (words.size() < 2 || words.size() > 4 || !std::all_of(words.begin(), words.end(), plain)) continue;
      const auto type = static_cast<EntityType>(name.type);
      auto* list = type == EntityType::kPerson                     ? &persons_
                   : type == EntityType::kOrg && words[0] != "The" ? &organisations_
                                                                   : nullptr;
      if (list == nullptr) continue;
      if (list->size() < kMostFillers)
        list->push_back(words);
      else
        (*list)[++learnt_ * 7919 % kMostFillers] = words;
    }
  }
}

const std::string& TemplateWriter::any(const std::vector<std::string>& list, std::mt19937& random) const {
  return list[random() % list.size()];
}

TemplateWriter::Filler TemplateWriter::person(std::mt19937& random) {
  if (!persons_.empty() && random() % 3 != 0)
    return {persons_[random() % persons_.size()], number_of(EntityType::kPerson)};
  return {{any(first_names_, random), any(last_names_, random)}, number_of(EntityType::kPerson)};
}

TemplateWriter::Filler TemplateWriter::draw(const std::string& kind, std::mt19937& random) {
  const auto number = [&](unsigned low, unsigned high) { return std::to_string(low + random() % (high - low + 1)); };
  const auto city = [&]() -> const std::string& {
    return random() % 4 == 0 ? any(cities_, random) : any(big_cities_, random);
  };
  if (kind == "city") return {split_words(city()), number_of(EntityType::kGpe)};
  if (kind == "country") return {split_words(any(countries_, random)), number_of(EntityType::kGpe)};
  if (kind == "nat") return {split_words(any(nationalities_, random)), number_of(EntityType::kNorp)};
  if (kind == "person") return person(random);
  if (kind == "last") return {{person(random).words.back()}, number_of(EntityType::kPerson)};
  if (kind == "short") {
    const Filler full = person(random);
    return {{full.words[0].substr(0, 1) + ".", full.words.back()}, number_of(EntityType::kPerson)};
  }
  if (kind == "team" && random() % 3 != 0) return {split_words(city()), number_of(EntityType::kOrg)};
  if (kind == "team" || kind == "club") {
    const auto choice = random() % 4;
    std::string name = pick(kClubs, random);
    if (choice == 0) name = city() + " " + pick(kClubSuffixes, random);
    if (choice == 1) name = pick(kClubPrefixes, random) + " " + city();
    return {split_words(name), number_of(EntityType::kOrg)};
  }
  if (kind == "org" && !organisations_.empty())
    return {organisations_[random() % organisations_.size()], number_of(EntityType::kOrg)};
  if (kind == "org") return {{any(last_names_, random), "Inc."}, number_of(EntityType::kOrg)};
  if (kind == "agency") return {{pick(kNewsAgencies, random)}, number_of(EntityType::kOrg)};
  if (kind == "party") return {split_words(pick(kParties, random)), number_of(EntityType::kOrg)};
  if (kind == "ground") return {split_words(pick(kGrounds, random)), number_of(EntityType::kFac)};
  if (kind == "league") return {split_words(pick(kLeagues, random)), -1};
  if (kind == "day") return {{pick(kDays, random)}, -1};
  if (kind == "month") return {{pick(kMonths, random)}, -1};
  if (kind == "year") return {{number(1985, 2025)}, -1};
  if (kind == "iso")
    return {
        {number(1990, 2024) + "-" + (random() % 2 == 0 ? "0" + number(1, 9) : number(10, 12)) + "-" + number(10, 28)},
        -1};
  if (kind == "date") return {{pick(kMonths, random), number(1, 28)}, -1};
  if (kind == "n") return {{number(0, 9)}, -1};
  if (kind == "nn") return {{number(10, 99)}, -1};
  if (kind == "nnn") return {{number(100, 999)}, -1};
  if (kind == "time") return {{number(1, 59) + ":" + number(10, 59) + "." + number(10, 99)}, -1};
  if (kind == "dec") return {{number(9, 80) + "." + number(10, 99)}, -1};
  throw std::runtime_error("templates.txt: unknown slot {" + kind + "}");
}

TemplateWriter::Filler TemplateWriter::fill(const std::string& slot, Kept& kept, std::mt19937& random) {
  std::string kind = slot;
  const std::size_t colon = kind.find(':');
  const bool upper = colon != std::string::npos;
  if (upper) kind.resize(colon);
  const std::size_t equals = kind.find('=');
  std::string key;
  if (equals != std::string::npos) {
    key = kind.substr(equals + 1);
    kind.resize(equals);
  }
  Filler filler;
  const auto known = kept.find(key);
  if (!key.empty() && known != kept.end()) {
    filler = known->second;
    if (kind == "last") filler.words = {filler.words.back()};
  } else {
    filler = draw(kind, random);
    if (!key.empty()) kept[key] = filler;
  }
  if (upper) {
    for (std::string& word : filler.words) {
      for (char& letter : word) {
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 32);
      }
    }
  }
  return filler;
}

void TemplateWriter::write_line(const std::string& line, Kept& kept, LabelledDocument& document, std::mt19937& random) {
  LabelledSentence sentence;
  for (const std::string& part : split_words(line)) {
    const std::size_t open = part.find('{');
    const std::size_t close = part.find('}');
    if (open == std::string::npos || close == std::string::npos) {
      sentence.words.push_back(part);
      continue;
    }
    std::string joined;  // "{n}-{n}" is one word, as are "{nn}th" and "{n}."
    bool several = false;
    for (std::size_t at = 0; at < part.size();) {
      if (part[at] != '{') {
        joined += part[at++];
        continue;
      }
      const std::size_t end = part.find('}', at);
      Filler filler = fill(part.substr(at + 1, end - at - 1), kept, random);
      if (at == 0 && end + 1 == part.size()) {
        const auto begin = static_cast<std::uint32_t>(sentence.words.size());
        for (std::string& word : filler.words) sentence.words.push_back(std::move(word));
        if (filler.type >= 0)
          sentence.names.push_back(
              {begin, static_cast<std::uint32_t>(sentence.words.size()), static_cast<std::uint8_t>(filler.type)});
        several = true;
        break;
      }
      if (filler.type >= 0) {  // "{n}-{person}": the name is its own words
        if (!joined.empty()) sentence.words.push_back(joined);
        joined.clear();
        const auto begin = static_cast<std::uint32_t>(sentence.words.size());
        for (std::string& word : filler.words) sentence.words.push_back(std::move(word));
        sentence.names.push_back(
            {begin, static_cast<std::uint32_t>(sentence.words.size()), static_cast<std::uint8_t>(filler.type)});
        several = true;
      } else {
        joined += filler.words[0];
      }
      at = end + 1;
    }
    if (!joined.empty() || !several) sentence.words.push_back(joined);
  }
  if (!sentence.words.empty()) document.push_back(std::move(sentence));
}

LabelledDocument TemplateWriter::write(std::mt19937& random) {
  LabelledDocument document;
  Kept kept;
  for (const std::string& line : blocks_[random() % blocks_.size()]) {
    if (line[0] != '*') {
      write_line(line, kept, document, random);
      continue;
    }
    const std::size_t space = line.find(' ');
    const std::size_t times = static_cast<std::size_t>(std::stoi(line.substr(1, space - 1))) + random() % 3;
    for (std::size_t i = 0; i < times; ++i) write_line(line.substr(space + 1), kept, document, random);
  }
  return document;
}

}  // namespace copydesk::entities::training
