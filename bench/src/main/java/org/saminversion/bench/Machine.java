package org.saminversion.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.saminversion.graph.RuntimeOptions;

/**
 * What a measurement was made on; without the machine's name.
 *
 * @param processor model, as the system calls it
 * @param cores processors that the system offers
 * @param memoryMebibytes in all; 0 where the system does not tell
 */
public record Machine(
        String processor, int cores, long memoryMebibytes, String system, String java, String onnxRuntime) {
    private static final String UNKNOWN = "unknown";

    public static Machine here() {
        String kibibytes = field("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "");
        return new Machine(
                field("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                kibibytes.isEmpty() ? 0 : Long.parseLong(kibibytes) / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.version"),
                RuntimeOptions.runtimeVersion());
    }

    private static String field(String file, String name) {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return UNKNOWN;
        }
        try {
            return Files.readAllLines(path).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
