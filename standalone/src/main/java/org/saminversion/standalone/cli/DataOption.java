package org.saminversion.standalone.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.serve.ServeOptions;
import picocli.CommandLine.Option;

/** Where a service keeps its data. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of broker and database, kept between runs. Default: data beside the script.")
    private Optional<Path> data = Optional.empty();

    Path folder(Sam sam) {
        return data.orElseGet(() -> sam.home().root().resolve("data"));
    }

    /** @throws JobFailure.Rejected if there is no such port */
    ServeOptions options(Sam sam, int port) {
        try {
            return new ServeOptions(folder(sam), port, sam.home().models());
        } catch (IllegalArgumentException outOfRange) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--port: " + outOfRange.getMessage(), outOfRange);
        }
    }
}
