// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "config/loader.h"
#include "pipeline/settings/settings.h"

/// What a worker needs beside the text of its settings, looked at before it starts: by `config check` and by `run`, in
/// the same words.
namespace copydesk::commands {

/// Blames each file and folder that the settings name and that cannot be used, on its line: models, the newsroom's
/// names, TLS of the page, and certificates, keys and keytabs among librdkafka's properties.
void check_files(const settings::Settings& settings, config::Loader& loader);

/// Blames what keeps librdkafka from making the clients: the property that it names ("kafka.common.ssl.ca.location"),
/// or "kafka". For settings without any other error; asks no broker.
void check_clients(const settings::Settings& settings, config::Loader& loader);

}  // namespace copydesk::commands
