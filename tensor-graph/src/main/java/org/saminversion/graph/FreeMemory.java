package org.saminversion.graph;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** Memory that is free inside of this process, and that neither Java nor the C library gives back to the system soon. */
final class FreeMemory {
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";
    private static final String TRIM = "systemTrimNativeHeap";

    private FreeMemory() {}

    /** Gives it back, which takes some tenths of a second. */
    static void giveBack() {
        // Tensors lie outside of Java's heap, and are only freed with the objects that hold them.
        System.gc();
        try {
            ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName(COMMANDS), TRIM, null, null);
        } catch (JMException e) {
            // Not every Java has this command; what is free then stays with the process.
            return;
        }
    }
}
