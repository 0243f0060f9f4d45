package org.saminversion.model;

/** Bytes of a result, to be stored or served. */
public record Content(String name, String mediaType, byte[] bytes) {
    public static final String PNG = "image/png";
    public static final String SAFETENSORS = "application/octet-stream";
}
