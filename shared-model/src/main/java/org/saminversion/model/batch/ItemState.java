package org.saminversion.model.batch;

/** Where an item is until a job tells more. */
enum ItemState {
    /** Not in the queue yet. */
    WAITING,
    /** A feeder makes its job. */
    STARTING,
    /** Its job tells the rest. */
    STARTED,
    /** Its picture could not be had. */
    FAILED,
    /** The batch was cancelled before its turn. */
    CANCELLED,
    /** The deadline passed before its turn. */
    EXPIRED
}
