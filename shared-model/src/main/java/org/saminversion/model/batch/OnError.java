package org.saminversion.model.batch;

/** What a wrong line does to the others. */
public enum OnError {
    /** It is reported, and the others are done. */
    CONTINUE,
    /** Nothing is done. */
    REJECT
}
