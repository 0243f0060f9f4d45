package org.saminversion.model.batch;

import java.net.URI;
import org.saminversion.model.JobSettings;

/**
 * A good line.
 *
 * @param line from 1: line of the manifest, or number of the file in the archive
 * @param customId the caller's name for it
 * @param settings checked and complete
 * @param needsMap whether a segmenter worker has to look at it first
 */
public record NewItem(long line, String customId, Picture picture, JobSettings settings, boolean needsMap) {
    /** Where the photograph is. */
    public sealed interface Picture {}

    /** It came with the upload. */
    public record Stored(byte[] bytes, String mediaType) implements Picture {}

    /** It is fetched when the item's turn comes. */
    public record Remote(URI address) implements Picture {}
}
