package org.saminversion.model;

import java.time.Instant;

/** A result by name, without its bytes. */
public record Artefact(String name, String mediaType, long byteSize, String sha256, Instant created) {
    public static final String INPUT = "input";
    public static final String MAP = "map.safetensors";
    public static final String MAP_PICTURE = "map.png";
    public static final String RECONSTRUCTION = "reconstruction.png";
    /** How the reconstruction stands while it is optimised; there is none once that is over. */
    public static final String PREVIEW = "preview.png";

    public static final String LATENTS = "latents.safetensors";

    /** @param ordinal from 0, in the order of the request */
    public static String edit(int ordinal) {
        return "edit-" + ordinal + ".png";
    }

    /** The picture of an edit that was asked for later. @param number from 1 */
    public static String rendering(int number) {
        return "rendering-" + number + ".png";
    }
}
