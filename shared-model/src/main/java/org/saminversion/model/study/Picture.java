package org.saminversion.model.study;

/** A picture of a pair. */
public enum Picture {
    PHOTOGRAPH,
    FIRST,
    SECOND
}
