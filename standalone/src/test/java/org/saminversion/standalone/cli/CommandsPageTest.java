package org.saminversion.standalone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.rules.Project;
import picocli.CommandLine;

/** {@code docs/commands.md} is what {@code --help} prints. {@code -Dsam.snapshots=write} renews it. */
class CommandsPageTest {
    private static final Path PAGE = Project.root().resolve("docs/commands.md");

    @Test
    void thePageShowsTheHelpOfEveryCommand() throws IOException {
        if (System.getProperty("sam.snapshots", "").equals("write")) {
            Files.writeString(PAGE, page());
        }
        assertEquals(Project.read(PAGE), page());
    }

    @Test
    void theFirstHelpListsEveryCommand() {
        CommandRun help = CommandRun.of("--help");
        assertEquals(0, help.exitCode());
        for (String command : commands().keySet()) {
            assertTrue(help.out().contains("\n  " + command + " "), command + " is missing in\n" + help.out());
        }
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Commands

                What `./sam --help` and `./sam COMMAND --help` print. A test keeps this page equal to them.

                ## sam

                """);
        append(page, "--help");
        commands().forEach((name, command) -> {
            page.append("\n## ").append(name).append("\n\n");
            append(page, name, "--help");
            command.getSubcommands().keySet().forEach(inner -> {
                page.append("\n### ").append(name).append(' ').append(inner).append("\n\n");
                append(page, name, inner, "--help");
            });
        });
        return page.toString();
    }

    private static void append(StringBuilder page, String... arguments) {
        page.append("```text\n")
                .append(CommandRun.of(arguments).out().stripTrailing())
                .append("\n```\n");
    }

    private static Map<String, CommandLine> commands() {
        return Sam.commandLine(new Console(System.out, System.err, false, InstantSource.system()))
                .getSubcommands();
    }
}
