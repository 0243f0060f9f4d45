package org.saminversion.standalone.cli.bench.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.JsonFile;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.frame.ScratchFolder;
import org.saminversion.standalone.serve.ServeOptions;
import org.saminversion.standalone.serve.Service;
import picocli.CommandLine.Option;

/** Measures a service that lives as long as the measurement, and keeps the result if asked. */
final class ServiceMeasurement {
    @Option(names = "--out", paramLabel = "FILE", description = "Write the result as JSON, with the machine.")
    private Optional<Path> out = Optional.empty();

    @FunctionalInterface
    interface Measurement {
        /** @return the result for programs */
        ObjectNode measure(URI service) throws Exception;
    }

    /**
     * @param option that says how often to measure
     * @throws JobFailure.Rejected unless that is at least once
     */
    int run(Program sam, String option, int times, Measurement measurement) throws Exception {
        if (times < 1) {
            throw new JobFailure.Rejected("parameter-out-of-range", option + " is at least 1, not " + times);
        }
        try (ScratchFolder folder = ScratchFolder.create();
                Service running = Service.start(
                        ServeOptions.onLoopback(folder.path(), 0, sam.home().models()))) {
            ObjectNode result = measurement.measure(running.address());
            out.ifPresent(file -> JsonFile.write(file, result));
        }
        return ExitCode.SUCCESS;
    }

    /** With the machine. */
    static ObjectNode node() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("processors", Runtime.getRuntime().availableProcessors());
        node.put("java", System.getProperty("java.version"));
        node.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return node;
    }
}
