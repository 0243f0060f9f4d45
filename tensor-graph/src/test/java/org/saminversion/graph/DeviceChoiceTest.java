package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
    private static final Supplier<Optional<String>> WORKS = Optional::empty;
    private static final Supplier<Optional<String>> MISSING = () -> Optional.of("no driver");
    private static final Supplier<Optional<String>> UNTRIED = () -> {
        throw new AssertionError("CUDA was tried");
    };

    @Test
    void theCpuIsTakenWithoutTryingCuda() {
        assertEquals(Device.CPU, DeviceChoice.CPU.resolve(UNTRIED).device());
    }

    @Test
    void autoTakesWhatWorksAndSaysWhy() {
        assertEquals(Device.CUDA, DeviceChoice.AUTO.resolve(WORKS).device());
        assertEquals(
                new DeviceChoice.Chosen(Device.CPU, "CUDA cannot be used: no driver"),
                DeviceChoice.AUTO.resolve(MISSING));
    }

    @Test
    void cudaThatCannotBeUsedIsRefusedWithWhatIsMissing() {
        assertEquals(Device.CUDA, DeviceChoice.CUDA.resolve(WORKS).device());
        DeviceMissingException refused =
                assertThrows(DeviceMissingException.class, () -> DeviceChoice.CUDA.resolve(MISSING));
        assertEquals("CUDA cannot be used: no driver", refused.getMessage());
    }

    /** On this machine, whatever it has: the choice and a program on the chosen device agree. */
    @Test
    void theRealProbeDecides() {
        Optional<String> obstacle = CudaProbe.obstacle();
        DeviceChoice.Chosen chosen = DeviceChoice.AUTO.resolve();
        assertEquals(obstacle.isEmpty() ? Device.CUDA : Device.CPU, chosen.device());
        obstacle.ifPresent(missing ->
                assertTrue(missing.contains("Maven profile cuda") || missing.contains("NVIDIA driver"), missing));
    }
}
