package org.saminversion.inversion.engine;

import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.method.MapSource;

/**
 * The invertibility map of one photograph being measured, a chunk of steps at a time, so that the owner can report, save and stop
 * in between. Belongs to one thread at a time.
 */
public interface MapRun {
    /** Steps that are done. */
    int step();

    /** Steps in all. */
    int steps();

    /** Runs at most this many further steps (fewer at the end). @return the mean loss of all spaces in the last of them */
    double advance(int stepsMax);

    /** Everything that {@link InversionEngine#resumeMap} needs to go on as if nothing had happened. */
    byte[] checkpoint();

    /** Where the map's errors come from. */
    MapSource source();

    /** The map. @throws IllegalStateException before the last step */
    InvertibilityMap map();
}
