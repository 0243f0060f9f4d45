package org.saminversion.standalone.cli.serve;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.serve.ServeOptions;
import picocli.CommandLine.Option;

/** Where a service keeps its data. */
public final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of broker and database, kept between runs. Default: data beside the script.")
    private Optional<Path> data = Optional.empty();

    /** The folder that was named, or the one beside the script. */
    public Path folder(Program sam) {
        return data.orElseGet(() -> sam.home().root().resolve("data"));
    }

    /** A service for this machine only, without keys. @throws JobFailure.Rejected if there is no such port */
    public ServeOptions onLoopback(Program sam, int port) {
        return checked(
                () -> ServeOptions.onLoopback(folder(sam), port, sam.home().models()));
    }

    /** @throws JobFailure.Rejected if there is no such port or address, or it would stand open */
    public ServeOptions options(Program sam, String host, int port, boolean keysRequired) {
        return checked(() -> new ServeOptions(
                folder(sam), host, port, keysRequired, sam.home().models()));
    }

    private static ServeOptions checked(Supplier<ServeOptions> options) {
        try {
            return options.get();
        } catch (IllegalArgumentException wrong) {
            throw new JobFailure.Rejected("parameter-out-of-range", wrong.getMessage(), wrong);
        }
    }
}
