package org.saminversion.inversion.bundle;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A bundle whose files were all present and unchanged when it was opened.
 *
 * @param folder where it lies
 * @param description what it says about itself
 * @param hashes SHA-256 in lower-case hexadecimal digits by file name
 */
public record ModelBundle(Path folder, BundleDescription description, SortedMap<String, String> hashes) {
    public ModelBundle {
        hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
    }

    public String name() {
        return description.name();
    }

    /** A file of the bundle. @throws IllegalArgumentException if the bundle does not name it */
    public Path file(String name) {
        if (!hashes.containsKey(name)) {
            throw new IllegalArgumentException("bundle " + name() + " has no file " + name);
        }
        return folder.resolve(name);
    }

    public Path generatorFile() {
        return file(description.generator().file());
    }

    public Path perceptualFile() {
        return file(description.perceptual().file());
    }

    public Path statisticsFile() {
        return file(description.statistics());
    }

    /** SHA-256 of the generator's file, which latents belong to. */
    public String generatorSha256() {
        return hashes.get(description.generator().file());
    }

    /**
     * SHA-256 over the list of files, one line of hash, two spaces and name each, as the program {@code sha256sum} prints
     * it. Other weights give another value, other defaults do not.
     */
    public String sha256() {
        MessageDigest digest = Hashes.sha256();
        hashes.forEach((file, hash) -> digest.update((hash + "  " + file + "\n").getBytes(StandardCharsets.UTF_8)));
        return Hashes.hexadecimal(digest);
    }
}
