package dev.backplane.server;

import picocli.CommandLine.Command;

/** The commands for those who write plugins, and for those who let them in. */
@Command(
    name = "plugin",
    description = "Checks a plugin, or locks the plugins of a directory.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PluginCheckCommand.class, PluginLockCommand.class})
final class PluginCommand {}
