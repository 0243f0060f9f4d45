package org.saminversion.model.access;

/** What a key permits. None contains another: a program that only submits need not be able to read. */
public enum Scope {
    /** Look at jobs and fetch results. */
    READ,
    /** Start, change and end jobs. */
    SUBMIT,
    /** Change what outlives jobs, such as endpoints and their secrets. */
    ADMIN
}
