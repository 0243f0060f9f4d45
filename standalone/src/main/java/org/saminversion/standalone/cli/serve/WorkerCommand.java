package org.saminversion.standalone.cli.serve;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.saminversion.inversion.failure.JobFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Describes {@code ./sam worker}. The script itself starts it: it is another program than the command line. */
@Command(
        name = "worker",
        description = {
            "Run a worker as a process of its own; start as many as you like, on as many machines.",
            "",
            "Settings come from the environment as for sam gateway, and SAM_SEGMENTER_SLOTS or SAM_GPU_SLOTS say how "
                    + "many jobs are in work at the same time. Workers and gateways need the same bundles.",
        })
public final class WorkerCommand implements Callable<Integer> {
    /** What the worker does. */
    enum Stage {
        SEGMENT,
        RUN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            paramLabel = "STAGE",
            description = "segment measures invertibility maps, run optimises latents and renders edits.")
    private Stage stage;

    @Override
    public Integer call() {
        throw new JobFailure.Rejected(
                "worker-by-script", "workers are started by the script in the project's folder: ./sam worker " + stage);
    }
}
