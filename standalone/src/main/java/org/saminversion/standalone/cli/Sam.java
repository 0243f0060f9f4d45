package org.saminversion.standalone.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.batch.BatchCommand;
import org.saminversion.standalone.cli.bench.BenchCommand;
import org.saminversion.standalone.cli.bench.SweepCommand;
import org.saminversion.standalone.cli.bundles.BundlesCommand;
import org.saminversion.standalone.cli.bundles.ImportCommand;
import org.saminversion.standalone.cli.bundles.InspectCommand;
import org.saminversion.standalone.cli.bundles.MethodsCommand;
import org.saminversion.standalone.cli.demo.DemoCommand;
import org.saminversion.standalone.cli.directions.DirectionsCommand;
import org.saminversion.standalone.cli.evaluate.EvaluateCommand;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.frame.ProjectFolder;
import org.saminversion.standalone.cli.invert.EditCommand;
import org.saminversion.standalone.cli.invert.InvertCommand;
import org.saminversion.standalone.cli.invert.RenderCommand;
import org.saminversion.standalone.cli.invert.SampleCommand;
import org.saminversion.standalone.cli.keys.KeysCommand;
import org.saminversion.standalone.cli.serve.GatewayCommand;
import org.saminversion.standalone.cli.serve.ServeCommand;
import org.saminversion.standalone.cli.serve.WorkerCommand;
import org.saminversion.standalone.cli.train.TrainCommand;
import org.saminversion.standalone.cli.webhook.WebhookCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line, and the frame of its commands. */
@Command(
        name = "sam",
        description = {
            "Inverts photographs into the latent spaces of a GAN and edits them.",
            "",
            "Start with: sam demo",
        },
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        usageHelpWidth = 100,
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            GatewayCommand.class,
            WorkerCommand.class,
            KeysCommand.class,
            WebhookCommand.class,
            BundlesCommand.class,
            BatchCommand.class,
            InvertCommand.class,
            RenderCommand.class,
            EditCommand.class,
            DirectionsCommand.class,
            ImportCommand.class,
            InspectCommand.class,
            SampleCommand.class,
            MethodsCommand.class,
            SweepCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            TestCommand.class,
        },
        footer = {
            "",
            "Results go to standard output, progress and errors to standard error.",
            "Exit codes: 0 success, 1 failure, 2 wrong usage.",
        })
public final class Sam implements Program, Runnable {
    private final Console console;

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the whole stack trace of an error.")
    private boolean debug;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    Sam(Console console) {
        this.console = console;
    }

    /** Ends the process with the exit code of the command. */
    public static void main(String... arguments) {
        System.exit(run(
                new Console(System.out, System.err, Boolean.getBoolean("sam.terminal"), InstantSource.system()),
                arguments));
    }

    /** Runs one command line in this process. @return the exit code */
    static int run(Console console, String... arguments) {
        int code = commandLine(console).execute(arguments);
        console.out().flush();
        console.err().flush();
        return code;
    }

    /** The commands with their help, without running one. */
    static CommandLine commandLine(Console console) {
        Sam sam = new Sam(console);
        CommandLine commands = new CommandLine(sam);
        commands.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        commands.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        commands.setExitCodeExceptionMapper(ExitCode::of);
        commands.setExecutionExceptionHandler(sam::failed);
        commands.setParameterExceptionHandler(Sam::misused);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        return commands;
    }

    @Override
    public Console console() {
        return console;
    }

    @Override
    public ProjectFolder home() {
        return ProjectFolder.current();
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private int failed(Exception failure, CommandLine command, ParseResult parsed) {
        if (debug) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().println("sam: " + ExitCode.explain(failure));
        return ExitCode.of(failure);
    }

    private static int misused(ParameterException misuse, String[] arguments) {
        CommandLine command = misuse.getCommandLine();
        if (misuse.getCause() instanceof JobFailure failure) {
            command.getErr().println("sam: " + ExitCode.explain(failure));
        } else {
            command.getErr()
                    .println("sam: " + explain(misuse) + " (see "
                            + command.getCommandSpec().qualifiedName() + " --help)");
        }
        return ExitCode.USAGE;
    }

    private static String explain(ParameterException misuse) {
        if (misuse instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            return "there is no command or option " + unmatched.getUnmatched().get(0)
                    + (near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?");
        }
        return ExitCode.singleLine(misuse.getMessage());
    }
}
