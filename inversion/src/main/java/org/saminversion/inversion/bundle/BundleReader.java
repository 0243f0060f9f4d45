package org.saminversion.inversion.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.saminversion.inversion.failure.JobFailure;

/** Opens bundles and believes nothing: every file must lie in the folder and have the hash that the bundle states. */
public final class BundleReader {
    /** The file that makes a folder a bundle. */
    public static final String DESCRIPTION_FILE = "bundle.yaml";

    private static final long DESCRIPTION_BYTES_MAX = 1 << 20;

    private BundleReader() {}

    /**
     * @throws JobFailure.Rejected of kind {@code bundle-unknown} if the folder holds no bundle, {@code bundle-invalid} if
     *     the bundle is damaged or not understood
     * @throws JobFailure.Transient if the disk fails
     */
    public static ModelBundle open(Path folder) {
        Path file = folder.resolve(DESCRIPTION_FILE);
        if (!Files.isRegularFile(file)) {
            throw new JobFailure.Rejected(
                    "bundle-unknown",
                    folder + (Files.isDirectory(folder) ? " has no " + DESCRIPTION_FILE : " is not a folder")
                            + "; name the folder of a model bundle");
        }
        try {
            if (Files.size(file) > DESCRIPTION_BYTES_MAX) {
                throw new IllegalArgumentException("it has more than " + DESCRIPTION_BYTES_MAX + " bytes");
            }
            BundleYaml.Contents contents = BundleYaml.parse(Files.readAllBytes(file));
            requireHashFor(contents);
            for (Map.Entry<String, String> entry : contents.hashes().entrySet()) {
                requireUnchanged(folder, entry.getKey(), entry.getValue());
            }
            return new ModelBundle(folder, contents.description(), contents.hashes());
        } catch (IllegalArgumentException e) {
            throw new JobFailure.Rejected("bundle-invalid", file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot read the bundle in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void requireHashFor(BundleYaml.Contents contents) {
        for (String needed : contents.description().files()) {
            if (!contents.hashes().containsKey(needed)) {
                throw new IllegalArgumentException("files has no SHA-256 for " + needed + ", which the bundle uses");
            }
        }
    }

    private static void requireUnchanged(Path folder, String name, String expected) throws IOException {
        Path file = within(folder, name);
        String actual = Hashes.ofFile(file);
        if (!actual.equals(expected)) {
            throw new IllegalArgumentException("the file " + name + " was changed or damaged: its SHA-256 should be "
                    + expected + " and is " + actual + ". Fetch the bundle again.");
        }
    }

    /** @throws IllegalArgumentException if the file is missing or leaves the folder, be it through a link */
    static Path within(Path folder, String name) throws IOException {
        Path file;
        try {
            file = folder.resolve(name);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + name + "' is not a file name", e);
        }
        if (name.contains("\\")
                || name.contains(":")
                || !file.normalize().startsWith(folder.normalize())
                || Path.of(name).isAbsolute()) {
            throw leavesFolder(name);
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("the file " + name + " is missing. Fetch the bundle again.");
        }
        if (!file.toRealPath().startsWith(folder.toRealPath())) {
            throw leavesFolder(name);
        }
        return file;
    }

    private static IllegalArgumentException leavesFolder(String name) {
        return new IllegalArgumentException(
                "the file " + name + " lies outside the bundle's folder, which is not allowed");
    }
}
