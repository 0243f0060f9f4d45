package org.saminversion.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What this process takes of the machine's memory, stage by stage. Zero everywhere where the system does not tell. */
final class MemoryStages {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path PEAK_RESET = Path.of("/proc/self/clear_refs");
    private static final double MEBIBYTE = 1 << 20;

    private final List<MemoryStage> stages = new ArrayList<>();

    /** Ends a stage. */
    void end(String name) {
        double direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        stages.add(new MemoryStage(
                name,
                status("VmRSS:"),
                status("VmHWM:"),
                Runtime.getRuntime().totalMemory() / MEBIBYTE,
                direct / MEBIBYTE));
        if (Files.isWritable(PEAK_RESET)) {
            try {
                Files.writeString(PEAK_RESET, "5");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    List<MemoryStage> stages() {
        return List.copyOf(stages);
    }

    private static double status(String field) {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
