package org.saminversion.bench;

import java.io.IOException;
import java.util.List;
import org.saminversion.inversion.failure.JobFailure;

/** Finds a Python that has PyTorch: the first on the path may be another than Debian's. */
final class PeerPython {
    private static final List<String> CANDIDATES = List.of("python3", "/usr/bin/python3", "/usr/local/bin/python3");

    private PeerPython() {}

    /** @throws JobFailure.Rejected if there is none */
    static String command() {
        return CANDIDATES.stream()
                .filter(PeerPython::hasTorch)
                .findFirst()
                .orElseThrow(() -> new JobFailure.Rejected(
                        "peer-missing",
                        "none of " + String.join(", ", CANDIDATES) + " has PyTorch: the peer needs Debian's"
                                + " python3-torch and libopenblas0-pthread (apt-get install python3-torch"
                                + " libopenblas0-pthread)"));
    }

    private static boolean hasTorch(String python) {
        try {
            Process process = new ProcessBuilder(python, "-c", "import torch")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
