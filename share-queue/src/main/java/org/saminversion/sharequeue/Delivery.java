package org.saminversion.sharequeue;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Metadata of a message of the connector {@code share-queue}: where it came from and whether its lock still holds.
 *
 * @param deliveryCount from 1; more than 1 says that an earlier delivery was released, timed out, or died with its worker
 * @param headers texts that the sender put beside the record; of two with one name, the last
 * @param lost completes when the broker no longer lets us work on the record; the work must stop, because somebody else may
 *     have it already
 */
public record Delivery(
        String topic,
        int partition,
        long offset,
        int deliveryCount,
        Map<String, String> headers,
        CompletionStage<Void> lost) {
    public boolean isRedelivery() {
        return deliveryCount > 1;
    }
}
