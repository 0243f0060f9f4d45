package org.saminversion.gateway.bundles;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.inversion.bundle.BundleCatalogue;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.failure.JobFailure;

/** What the bundles say about themselves. Checking a bundle reads all its weights, so that is done once per version. */
@ApplicationScoped
public class Bundles {
    private record Known(FileTime changed, BundleDescription description) {}

    private final BundleCatalogue catalogue;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Bundles(@ConfigProperty(name = "sam.bundles") String folder) {
        this.catalogue = new BundleCatalogue(Path.of(folder));
    }

    public List<String> names() {
        return catalogue.names();
    }

    /** @throws JobFailure.Rejected if there is none or its files are not those that it names */
    public BundleDescription describe(String name) {
        // The name comes from outside: only one that the catalogue lists becomes part of a path.
        if (!names().contains(name)) {
            throw new JobFailure.Rejected(
                    "bundle-unknown", "There is no bundle \"" + name + "\"; known are " + names() + ".");
        }
        FileTime changed = changed(name);
        Known cached = known.get(name);
        if (cached == null || !cached.changed.equals(changed)) {
            cached = new Known(changed, catalogue.open(name).description());
            known.put(name, cached);
        }
        return cached.description;
    }

    /** The bundle of requests that name none. @throws JobFailure.Rejected if there are several */
    public String only() {
        List<String> names = names();
        if (names.size() != 1) {
            throw new JobFailure.Rejected("bundle-unknown", "Name the bundle; known are " + names + ".");
        }
        return names.get(0);
    }

    private FileTime changed(String name) {
        try {
            return Files.getLastModifiedTime(catalogue.folder().resolve(name).resolve("bundle.yaml"));
        } catch (IOException e) {
            throw new JobFailure.Transient("The bundle " + name + " cannot be read: " + e, e);
        }
    }
}
