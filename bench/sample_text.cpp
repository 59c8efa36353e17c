// SPDX-License-Identifier: Apache-2.0
#include "bench/sample_text.h"

#include <array>
#include <random>
#include <string_view>

namespace copydesk::bench {
namespace {

constexpr std::array<std::string_view, 24> kSentences{
    "The regional council of Ostrava Bay approved the budget on Tuesday after a debate that lasted more than nine "
    "hours.",
    "“We cannot keep asking families to wait,” said Mara Lindqvist, who leads the opposition in the assembly.",
    "Shares in Norcorp Inc. fell 3.5 percent to $12.40, their lowest close since March 2024.",
    "Mr. Vole, 62, has denied the allegations and says he will appeal.",
    "The ministry’s figures show that 1,240 homes were damaged and about 300 people moved to shelters.",
    "Officials in the capital didn't respond to several requests for comment.",
    "The bridge, which carries some 40,000 vehicles a day, will stay closed until next month at the earliest.",
    "“It's a long road,” Gen. Tarn told reporters, “but the talks go on.”",
    "Three people familiar with the matter said that the company had known about the fault for two years.",
    "According to the report, the well-known laboratory had lost nearly half of its staff.",
    "Heavy rain is expected in the north, with winds of up to 90 km an hour along the coast.",
    "The U.S. delegation left Karst late on Wednesday without a statement.",
    "A spokeswoman for the airport said flights would resume by 6 p.m., weather permitting.",
    "The two sides disagree on almost everything: the date, the place and who should pay.",
    "Lindqvist, a former judge, was elected in 2019 and re-elected last year with 54 percent of the vote.",
    "Prices rose faster than wages — a trend that economists at Velt Bank call “worrying”.",
    "In the second half the visitors scored twice and held on to win 3-2.",
    "The film opens on Dec. 12 in more than 400 cinemas across the country.",
    "Nobody was hurt, the fire service said.",
    "Is the plan affordable? The finance committee thinks so; others do not.",
    "Farmers say that the new rules, which take effect in January, will cost them up to £5,000 each.",
    "The court is due to hear the case, Finch v. Orrin County, in the spring.",
    "She studied chemistry at the University of Brannoc before joining the navy.",
    "For more information, see www.example.org/floods or write to press@example.org."};

}  // namespace

std::string news_prose(std::size_t bytes) {
  std::mt19937 random(42);
  std::string text;
  text.reserve(bytes + 256);
  while (text.size() < bytes) {
    const auto sentences = 1 + random() % 4;
    for (unsigned i = 0; i < sentences; ++i) {
      if (i != 0) text += ' ';
      text += kSentences[random() % kSentences.size()];
    }
    text += "\n\n";
  }
  return text;
}

}  // namespace copydesk::bench
