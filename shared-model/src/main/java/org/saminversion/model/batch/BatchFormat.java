package org.saminversion.model.batch;

/** What an upload is. */
public enum BatchFormat {
    /** A manifest with a header line; each row names a URL. */
    CSV,
    /** One JSON object on each line, which names a URL. */
    JSONL,
    /** Images, with or without a manifest that names them. */
    ZIP,
    /** One URL on each line. */
    URLS
}
