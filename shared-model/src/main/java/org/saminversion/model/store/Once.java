package org.saminversion.model.store;

/** How a request that is to be done once ended. */
public sealed interface Once {
    /** It was done now. */
    record Done(StoredAnswer answer) implements Once {}

    /** It was done before. */
    record Replayed(StoredAnswer answer) implements Once {}

    /** A first request with the key is being done at this moment. */
    record InFlight() implements Once {}

    /** The key belongs to another request. */
    record OtherRequest() implements Once {}
}
