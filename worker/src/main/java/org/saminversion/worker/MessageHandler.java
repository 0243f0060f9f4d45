package org.saminversion.worker;

import java.util.function.BooleanSupplier;
import org.saminversion.sharequeue.Delivery;

/** What a kind of worker does with the messages of its queue, in as many threads as it has slots. */
public interface MessageHandler {
    /**
     * Returns when the message has been dealt with, whatever came of it.
     *
     * @param unwelcome whether long work has to be put back: the process shuts down, or its slot is needed for a person
     * @throws org.saminversion.sharequeue.RejectedDelivery if the message makes no sense, now and ever
     * @throws org.saminversion.inversion.failure.JobFailure.Transient if the message should come again
     */
    void handle(String body, Delivery delivery, BooleanSupplier unwelcome);
}
