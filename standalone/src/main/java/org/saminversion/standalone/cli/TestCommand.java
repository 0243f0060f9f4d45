package org.saminversion.standalone.cli;

import java.util.concurrent.Callable;
import org.saminversion.inversion.failure.JobFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Describes {@code ./sam test}. The script itself runs the tests, because they rebuild the program that this class belongs
 * to.
 */
@Command(name = "test", description = "Build and run every test.")
final class TestCommand implements Callable<Integer> {
    @Option(
            names = "--long",
            description =
                    "Try 100,000 damaged checkpoint files of each kind instead of 1,000, 300 simulated histories of the"
                            + " service instead of 10, and 10,000 hostile requests instead of 300.")
    private boolean longTests;

    @Option(
            names = "--faults",
            description = "Instead, kill, freeze and cut off the services as separate processes; takes minutes.")
    private boolean faults;

    @Parameters(paramLabel = "MAVEN", description = "After --, anything for Maven, such as -Dtest=TidyTest.")
    private String[] maven = {};

    @Override
    public Integer call() {
        throw new JobFailure.Rejected(
                "test-by-script", "the tests are started by the script in the project's folder: ./sam test");
    }
}
