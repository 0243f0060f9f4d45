package org.saminversion.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.saminversion.inversion.failure.JobFailure;

/** The same work in PyTorch: {@code torch_step.py --serve} in a child process, asked for one block at a time. */
final class PeerSteps implements StepTimer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;
    private double peakMebibytes;

    /** @throws JobFailure.Rejected if no Python has PyTorch */
    PeerSteps(Path script, BenchmarkLayout layout, int threads) {
        List<String> command = List.of(
                PeerPython.command(),
                script.toString(),
                "--serve",
                "--size",
                Integer.toString(layout.size()),
                "--threads",
                Integer.toString(threads),
                "--warmup",
                "1");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            // The peer runs as its users start it, not with what was chosen for our memory.
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("MALLOC_") || name.equals("GLIBC_TUNABLES"));
            this.process = builder.start();
        } catch (IOException e) {
            throw missing(e);
        }
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    private static JobFailure.Rejected missing(IOException cause) {
        return new JobFailure.Rejected(
                "peer-missing", "the peer program did not answer: its message stands above", cause);
    }

    @Override
    public double secondsPerStep(int steps) {
        try {
            requests.write(steps + "\n");
            requests.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("the peer program ended");
            }
            JsonNode json = JSON.readTree(answer);
            peakMebibytes = json.get("peak_rss_mib").asDouble();
            return json.get("seconds_per_step_median").asDouble();
        } catch (IOException e) {
            throw missing(e);
        }
    }

    /** The peer's largest resident memory up to its last block. */
    double peakMebibytes() {
        return peakMebibytes;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
