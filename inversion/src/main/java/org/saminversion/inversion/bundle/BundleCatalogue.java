package org.saminversion.inversion.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.saminversion.inversion.failure.JobFailure;

/**
 * The bundles in one folder, each in a folder of its own name.
 *
 * @param folder such as {@code models}
 */
public record BundleCatalogue(Path folder) {
    /**
     * Names of all bundles, sorted; looked up anew each time. Empty if there is no such folder.
     *
     * @throws JobFailure.Transient if the disk fails
     */
    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(BundleReader.DESCRIPTION_FILE)))
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot list the bundles in " + folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Opens and checks a bundle.
     *
     * @throws JobFailure.Rejected of kind {@code bundle-unknown} with the known names, or {@code bundle-invalid}
     */
    public ModelBundle open(String name) {
        List<String> names = names();
        if (!names.contains(name)) {
            throw new JobFailure.Rejected(
                    "bundle-unknown",
                    "there is no bundle '" + name + "' in " + folder + "; "
                            + (names.isEmpty() ? "there is none at all" : "known are " + String.join(", ", names)));
        }
        ModelBundle bundle = BundleReader.open(folder.resolve(name));
        if (!bundle.name().equals(name)) {
            throw new JobFailure.Rejected(
                    "bundle-invalid",
                    "the bundle in " + folder.resolve(name) + " calls itself " + bundle.name()
                            + "; give the folder that name");
        }
        return bundle;
    }
}
