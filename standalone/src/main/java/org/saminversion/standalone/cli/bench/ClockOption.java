package org.saminversion.standalone.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.LongSupplier;
import picocli.CommandLine.Option;

/** Which seconds a measurement counts. */
final class ClockOption {
    private enum Clock {
        WALL,
        PROCESSOR
    }

    @Option(
            names = "--clock",
            defaultValue = "WALL",
            description =
                    "Which seconds to tell: WALL, or PROCESSOR for those that all threads of this process computed, which"
                            + " other programs disturb less. Default: ${DEFAULT-VALUE}.")
    private Clock clock;

    LongSupplier nanoTime() {
        return switch (clock) {
            case WALL -> System::nanoTime;
            case PROCESSOR -> ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getProcessCpuTime;
        };
    }

    /** In results, such as {@code wall}. */
    String label() {
        return clock.name().toLowerCase(Locale.ROOT);
    }
}
