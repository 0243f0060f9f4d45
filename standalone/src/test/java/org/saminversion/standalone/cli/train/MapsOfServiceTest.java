package org.saminversion.standalone.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.training.invertibility.ErrorMaps;
import org.saminversion.standalone.rules.Project;
import org.saminversion.standalone.serve.Inversions;
import org.saminversion.standalone.serve.ServiceBackends;

/** The scripted map has two halves: the left has no error in W+, the right an error of 1. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class MapsOfServiceTest {
    @TestHTTPResource("/")
    private URI service;

    @TempDir
    private Path folder;

    @Test
    void finishedInversionsGiveTheirPhotographsAndErrors() throws Exception {
        Inversions.succeeded("sam", 3);
        Inversions.succeeded("wplus", 3);
        ModelBundle bundle = BundleReader.open(Project.root().resolve("models/faces64"));
        ErrorMaps maps = new ErrorMaps(folder, bundle, "service");

        List<RgbImage> targets = new MapsOfService(service, Optional.empty()).fetch(bundle, maps);
        assertTrue(targets.size() >= 1, "other tests leave inversions too");
        for (RgbImage target : targets) {
            SortedMap<LatentSpace, float[]> errors = maps.find(target).orElseThrow();
            assertEquals(0, errors.get(LatentSpace.W_PLUS)[0]);
            assertEquals(1, errors.get(LatentSpace.W_PLUS)[63]);
        }
    }
}
