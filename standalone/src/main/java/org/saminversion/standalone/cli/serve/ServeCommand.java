package org.saminversion.standalone.cli.serve;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.serve.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Runs the whole service in this process until it is told to stop. */
@Command(
        name = "serve",
        description = "Run the whole service: gateway, workers, an embedded Kafka broker and PostgreSQL.")
public final class ServeCommand implements Callable<Integer> {
    @ParentCommand
    private Program sam;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the service, 0 for a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on; any but a loopback address needs --keys. Default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(names = "--keys", description = "Ask every request for an API key (see: sam keys).")
    private boolean keys;

    @Mixin
    private DataOption data;

    @Override
    public Integer call() throws Exception {
        Path folder = data.folder(sam);
        try (Service service = Service.start(data.options(sam, host, port, keys))) {
            sam.console().out().println(service.address());
            sam.console().note("The service is ready; its data lies in " + folder + ". Stop it with Ctrl-C.");
            service.awaitStop();
        }
        return ExitCode.SUCCESS;
    }
}
