package org.saminversion.standalone.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.OutputFolder;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.frame.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Sends a catalogue to a service, watches it, and fetches the results. Interrupted, it goes on when it is run again. */
@Command(
        name = "batch",
        description = {
            "Invert a catalogue through a running service: a folder of images, a ZIP of images, a manifest (.csv or"
                    + " .jsonl), or a list of URLs (.txt).",
            "A command that was interrupted goes on where it was when it is run again.",
            "The environment variable SAM_API_KEY holds the key, if the service asks for one.",
        })
public final class BatchCommand implements Callable<Integer> {
    private static final long LOOK_EVERY_MS = 500;

    @ParentCommand
    private Program sam;

    @Parameters(paramLabel = "CATALOGUE", description = "A folder, or a .zip, .csv, .jsonl or .txt file.")
    private Path catalogue;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The service. Default: ${DEFAULT-VALUE}.")
    private URI service;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/batch",
            description = "Where the results go. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Mixin
    private BatchOptions options;

    @Override
    public Integer call() throws Exception {
        BatchInput input = BatchInput.of(catalogue);
        OutputFolder.ready(out);
        BatchClient client =
                new BatchClient(service, Optional.ofNullable(System.getenv("SAM_API_KEY")), Patience.ONE_MINUTE);
        BatchNote note = new BatchNote(out, input);
        Optional<URI> unfinished = unfinished(client, note);
        URI batch = unfinished.isPresent() ? unfinished.get() : client.create(options.request(input.format()));
        note.write(batch);
        sam.console().note((unfinished.isPresent() ? "going on with " : "sending " + catalogue + " as ") + batch);
        upload(client, batch, input);
        JsonNode end = follow(client, batch);
        new BatchDownload(client, batch, out).fetch();
        note.forget();
        return report(end);
    }

    /** The batch of an interrupted command. */
    private static Optional<URI> unfinished(BatchClient client, BatchNote note)
            throws IOException, InterruptedException {
        Optional<URI> known = note.read();
        return known.isPresent() && client.exists(known.get()) ? known : Optional.empty();
    }

    private void upload(BatchClient client, URI batch, BatchInput input) throws IOException, InterruptedException {
        if (!client.state(batch).path("state").asText().equals("UPLOADING")) {
            return;
        }
        Path file = input.packed(out);
        try (ProgressBar bar = new ProgressBar(sam.console(), "uploading")) {
            client.upload(batch, file, (sent, total) -> bar.progressed(kibibytes(sent), kibibytes(total), Double.NaN));
        }
        client.finalizeUpload(batch);
        if (!file.equals(catalogue)) {
            Files.delete(file);
        }
    }

    private static int kibibytes(long bytes) {
        return (int) (bytes >> 10);
    }

    /** Shows progress until the batch is over. @return the batch at its end */
    private JsonNode follow(BatchClient client, URI batch) throws IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        try (ProgressBar bar = new ProgressBar(sam.console(), "inverting")) {
            while (true) {
                JsonNode state = client.state(batch);
                JsonNode counts = state.path("counts");
                int items = counts.path("items").asInt();
                int left = counts.path("waiting").asInt()
                        + counts.path("queued").asInt()
                        + counts.path("running").asInt();
                boolean over = state.hasNonNull("finishedAt");
                if (items > 0 && !state.path("state").asText().equals("VALIDATING")) {
                    bar.show(items - left, items, left(state));
                }
                if (over) {
                    return state;
                }
                never.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** As the service sees it, who knows the pace before this command began to look. */
    private static String left(JsonNode batch) {
        JsonNode seconds = batch.path("pace").path("secondsToEnd");
        return seconds.isNumber() ? "  ETA " + Math.round(seconds.doubleValue()) + " s" : "";
    }

    private int report(JsonNode batch) {
        String state = batch.path("state").asText();
        if (batch.hasNonNull("failure")) {
            throw new JobFailure.Rejected(
                    batch.path("failure").path("kind").asText(),
                    "the batch was refused: "
                            + batch.path("failure").path("detail").asText() + " See "
                            + out.resolve(BatchDownload.ERRORS));
        }
        JsonNode counts = batch.path("counts");
        long succeeded = counts.path("succeeded").asLong();
        long refused = counts.path("rejected").asLong();
        long rest = counts.path("items").asLong() - succeeded;
        sam.console().out().println(out.resolve(BatchDownload.RESULTS));
        sam.console()
                .out()
                .println(String.format(
                        Locale.ROOT,
                        "%s: %d succeeded, %d did not, %d lines refused",
                        state.toLowerCase(Locale.ROOT),
                        succeeded,
                        rest,
                        refused));
        return rest == 0 && refused == 0 ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }
}
