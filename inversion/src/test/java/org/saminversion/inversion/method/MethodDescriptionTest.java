package org.saminversion.inversion.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.failure.JobFailure;

class MethodDescriptionTest {
    private static final BundleDescription BUNDLE =
            BundleReader.open(Path.of("../models/faces64")).description();

    @Test
    void tellsWhatItNeedsAndWhatItMakes() {
        assertEquals(List.of("sam", "sam-encoder-start", "sam-encoder"), methods(MethodDescription::needsMap));
        assertEquals(methods(MethodDescription::needsMap), methods(method -> InversionMethods.needsMap(method.name())));
        assertEquals(List.of("pivotal-tuning"), methods(MethodDescription::tunesGenerator));
        assertEquals(List.of("sam-encoder", "e4e"), methods(MethodDescription::isOnePass));
        assertEquals(List.of("sam", "sam-encoder-start"), methods(method -> method.hasSetting(MapSource.NAME)));
    }

    @Test
    void whatIsUsualAnywayMakesNoDifference() {
        MethodDescription sam = InversionMethods.describe("sam", BUNDLE);
        assertEquals(
                Map.of("measured-map", 1.0),
                sam.differences(new MethodSettings(Map.of("measured-map", 1.0, "memory", 0.0)))
                        .chosen());
        MethodSettings unknown = new MethodSettings(Map.of("magic", 1.0));
        assertEquals(
                "setting-unknown",
                assertThrows(JobFailure.Rejected.class, () -> sam.differences(unknown))
                        .kind());
    }

    @Test
    void stepsAreTheMethodsOrTheBundles() {
        assertEquals(1000, InversionMethods.describe("stylegan2-w", BUNDLE).usualSteps(BUNDLE));
        assertEquals(
                BUNDLE.defaultSteps(), InversionMethods.describe("sam", BUNDLE).usualSteps(BUNDLE));
        assertTrue(BUNDLE.defaultSteps() < 1000);
    }

    private static List<String> methods(Predicate<MethodDescription> which) {
        return InversionMethods.of(BUNDLE).stream()
                .filter(which)
                .map(MethodDescription::name)
                .toList();
    }
}
