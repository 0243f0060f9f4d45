package org.saminversion.standalone.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.saminversion.standalone.serve.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Runs the whole service in this process until it is told to stop. */
@Command(
        name = "serve",
        description = "Run the whole service: gateway, workers, an embedded Kafka broker and PostgreSQL.")
final class ServeCommand implements Callable<Integer> {
    @ParentCommand
    private Sam sam;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port on the loopback interface, 0 for a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Mixin
    private DataOption data;

    @Override
    public Integer call() throws Exception {
        Path folder = data.folder(sam);
        try (Service service = Service.start(data.options(sam, port))) {
            sam.console().out().println(service.address());
            sam.console().note("The service is ready; its data lies in " + folder + ". Stop it with Ctrl-C.");
            service.awaitStop();
        }
        return ExitCode.SUCCESS;
    }
}
