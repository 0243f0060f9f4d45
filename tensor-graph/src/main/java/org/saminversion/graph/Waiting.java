package org.saminversion.graph;

import java.lang.management.ManagementFactory;

/** What the threads of a program do while another of them has not finished its part of an operator. */
public enum Waiting {
    /**
     * They look again and again. A small program is a sixth faster so, as long as every thread has a processor for itself; beside
     * other programs that need the processors it is four to six times slower.
     */
    SPIN,
    /** They sleep and are woken. */
    SLEEP;

    private static final double LOAD_MAX = 0.5;

    /** What suits this machine at this moment: spinning only while hardly anything else runs, as its load average says. */
    public static Waiting now() {
        return with(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** @param loadAverage processes that ran or wanted to; negative where the system does not tell */
    static Waiting with(double loadAverage) {
        return loadAverage >= 0 && loadAverage < LOAD_MAX ? SPIN : SLEEP;
    }
}
