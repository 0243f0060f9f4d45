package org.saminversion.graph;

import java.util.Optional;
import java.util.function.Supplier;

/** What a user may say about where programs run. */
public enum DeviceChoice {
    CPU,
    /** Nothing else will do. */
    CUDA,
    /** CUDA where it works. */
    AUTO;

    /** @param reason why this one, for the log */
    public record Chosen(Device device, String reason) {}

    /**
     * Tries CUDA if it is wanted.
     *
     * @throws DeviceMissingException if CUDA is demanded and cannot be used
     */
    public Chosen resolve() {
        return resolve(CudaProbe::obstacle);
    }

    Chosen resolve(Supplier<Optional<String>> obstacle) {
        if (this == CPU) {
            return new Chosen(Device.CPU, "asked for");
        }
        Optional<String> missing = obstacle.get();
        if (missing.isEmpty()) {
            return new Chosen(Device.CUDA, this == AUTO ? "a first program ran on it" : "asked for");
        }
        if (this == CUDA) {
            throw new DeviceMissingException("CUDA cannot be used: " + missing.get());
        }
        return new Chosen(Device.CPU, "CUDA cannot be used: " + missing.get());
    }
}
