package org.saminversion.standalone.cli.serve;

import java.util.concurrent.Callable;
import org.saminversion.inversion.failure.JobFailure;
import picocli.CommandLine.Command;

/** Describes {@code ./sam gateway}. The script itself starts it: it is another program than the command line. */
@Command(
        name = "gateway",
        description = {
            "Run a gateway as a process of its own, on a Kafka broker and a PostgreSQL server that are there.",
            "",
            "Settings come from the environment, above all KAFKA_BOOTSTRAP_SERVERS, SAM_DATABASE_ADDRESS, "
                    + "SAM_DATABASE_USER, SAM_DATABASE_PASSWORD, SAM_BUNDLES and QUARKUS_HTTP_PORT.",
        })
public final class GatewayCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new JobFailure.Rejected(
                "gateway-by-script", "the gateway is started by the script in the project's folder: ./sam gateway");
    }
}
