package org.saminversion.model.study;

/** Which of the two contenders. */
public enum Choice {
    FIRST,
    SECOND;

    /** The one that is not this. */
    public Choice other() {
        return this == FIRST ? SECOND : FIRST;
    }
}
