// SPDX-License-Identifier: Apache-2.0
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/commands/config.h"
#include "pipeline/commands/demo.h"
#include "pipeline/commands/dlq.h"
#include "pipeline/commands/enrich.h"
#include "pipeline/commands/exit_codes.h"
#include "pipeline/commands/feed.h"
#include "pipeline/commands/run.h"
#include "pipeline/commands/tap.h"
#include "pipeline/commands/top.h"
#include "pipeline/kafka/client.h"
#include "pipeline/logging/log_throttle.h"
#include "pipeline/version.h"

namespace copydesk {
namespace {

int main_with(int argc, char** argv) {
  CLI::App app{"Copydesk: who is mentioned and who said what, from a stream of wire articles."};
  app.name("copydesk");
  app.set_version_flag("--version", std::string("copydesk ") + kVersion);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  app.footer(
      "Exit codes: 0 ok, 1 failure, 64 wrong usage, 78 bad settings.\n"
      "Example:\n  echo '{\"id\":\"1\",\"text\":\"\\\"We are ready,\\\" said Mara Venn.\"}' | copydesk enrich");
  std::vector<std::pair<CLI::App*, commands::Command>> known;
  using Add = commands::Command (*)(CLI::App&);
  for (const Add add :
       {Add{commands::add_run}, Add{commands::add_enrich}, Add{commands::add_feed}, Add{commands::add_demo},
        Add{commands::add_dlq}, Add{commands::add_top}, Add{commands::add_tap}, Add{commands::add_config}}) {
    commands::Command command = add(app);
    known.emplace_back(app.get_subcommands({}).back(), std::move(command));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? commands::kExitOk : commands::kExitUsage;
  }
  for (const auto& [parsed, command] : known) {
    if (parsed->parsed()) return command();
  }
  return commands::kExitUsage;
}

}  // namespace
}  // namespace copydesk

namespace {

/// Where a client was left behind, its threads would use what the end of main() destroys.
int finish(int code) {
  copydesk::logging::log_throttle().flush_all();
  if (copydesk::kafka::left_behind()) {
    std::cout.flush();
    spdlog::default_logger()->flush();
    _exit(code);
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return finish(copydesk::main_with(argc, argv));
  } catch (const std::exception& error) {
    std::cerr << "copydesk: " << error.what() << '\n';
    return finish(copydesk::commands::kExitFailure);
  }
}
