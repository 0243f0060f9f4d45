package org.saminversion.model;

/** Which queue a job waits in, so that a catalogue cannot starve a person. */
public enum Lane {
    INTERACTIVE,
    BULK
}
