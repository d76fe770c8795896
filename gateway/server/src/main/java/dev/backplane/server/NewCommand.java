package dev.backplane.server;

import picocli.CommandLine.Command;

/** The commands that write a project to begin with. */
@Command(
    name = "new",
    description = "Writes a project to begin with.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = NewPluginCommand.class)
final class NewCommand {}
