package org.saminversion.standalone.cli.keys;

import java.util.Optional;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.serve.DataOption;
import org.saminversion.standalone.serve.OperatorDatabase;
import org.saminversion.standalone.serve.ServeException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which database an operator's command works on. */
final class DatabaseOption {
    @Mixin
    private DataOption data;

    @Option(
            names = "--database",
            paramLabel = "HOST:PORT/NAME",
            description = "A PostgreSQL server instead of the data folder; user and password come from the environment"
                    + " variables SAM_DATABASE_USER and SAM_DATABASE_PASSWORD.")
    private Optional<String> address = Optional.empty();

    OperatorDatabase open(Program sam) throws ServeException {
        return address.isPresent()
                ? OperatorDatabase.at(
                        address.get(), environment("SAM_DATABASE_USER"), environment("SAM_DATABASE_PASSWORD"))
                : OperatorDatabase.ofFolder(data.folder(sam));
    }

    private static String environment(String name) {
        return Optional.ofNullable(System.getenv(name)).orElse("sam");
    }
}
