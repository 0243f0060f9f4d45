package org.saminversion.inversion.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleFolder;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.latent.LatentFile.Precision;
import org.saminversion.inversion.space.LatentSpace;

class LatentFileTest {
    private static final LatentSpace F2 = LatentSpace.parse("F2");
    private static final Map<String, String> FORMAT = Map.of("format", "latents-1");

    @TempDir
    Path folder;

    /** The right half of F2 is masked out. */
    private static Latents latents(Map<String, String> provenance) {
        float[] mask = new float[64];
        for (int i = 0; i < 64; i++) {
            mask[i] = i % 8 < 4 ? 0.75f : 0;
        }
        return new Latents(
                random(Shape.of(1, 6, 4), 1),
                new TreeMap<>(Map.of(F2, random(Shape.of(1, 3, 8, 8), 2))),
                new TreeMap<>(Map.of(F2, Tensor.of(Shape.of(1, 1, 8, 8), mask))),
                provenance);
    }

    private static Tensor random(Shape shape, long seed) {
        Random random = new Random(seed);
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(shape, values);
    }

    @Test
    void fullPrecisionKeepsEveryBitThatHasAnEffect() {
        Latents latents = latents(Map.of("bundle", "tiny", "tau", "0.225"));
        LatentFile.write(latents, Precision.FULL, folder.resolve("a.safetensors"));
        Latents read = LatentFile.read(folder.resolve("a.safetensors"));
        assertEquals(latents.wplus(), read.wplus());
        assertEquals(latents.masks(), read.masks());
        assertEquals(latents.provenance(), read.provenance());
        float[] before = latents.deltas().get(F2).toFloats();
        float[] after = read.deltas().get(F2).toFloats();
        for (int i = 0; i < before.length; i++) {
            assertEquals(i % 8 < 4 ? before[i] : 0, after[i]);
        }
        assertEquals(read, LatentFile.parse(LatentFile.toBytes(read, Precision.FULL), "again"));
    }

    @Test
    void halfPrecisionIsSmallerAndNear() {
        Latents latents = latents(Map.of());
        byte[] half = LatentFile.toBytes(latents, Precision.HALF);
        byte[] full = LatentFile.toBytes(latents, Precision.FULL);
        assertTrue(full.length - half.length >= 2 * 4 * 64 - 8, full.length + " and " + half.length + " bytes");
        Latents read = LatentFile.parse(half, "half");
        assertEquals(latents.wplus(), read.wplus(), "W+ is kept in full");
        float[] exact = LatentFile.parse(full, "full").deltas().get(F2).toFloats();
        assertArrayEquals(exact, read.deltas().get(F2).toFloats(), 3e-3f);
    }

    @Test
    void wplusAloneIsEnough() {
        Latents latents = new Latents(random(Shape.of(1, 6, 4), 1), new TreeMap<>(), new TreeMap<>(), Map.of());
        assertEquals(latents, LatentFile.parse(LatentFile.toBytes(latents, Precision.HALF), "w"));
    }

    @Test
    void nonsenseIsRefusedWithAReason() {
        Tensor wplus = Tensor.zeros(Shape.of(1, 6, 4));
        Tensor delta = Tensor.zeros(Shape.of(1, 3, 8, 8));
        Tensor mask = Tensor.filled(Shape.of(1, 1, 8, 8), 1);
        refused("holds no latents", SafetensorsFile.of(Map.of("wplus", wplus), Map.of()));
        refused("no tensor 'wplus'", SafetensorsFile.of(Map.of("mask.F2", mask), FORMAT));
        refused("wplus must be", SafetensorsFile.of(Map.of("wplus", delta), FORMAT));
        refused("each delta needs its mask", SafetensorsFile.of(Map.of("wplus", wplus, "delta.F2", delta), FORMAT));
        refused("'foo' is no part", SafetensorsFile.of(Map.of("wplus", wplus, "foo", mask), FORMAT));
        refused("latent space", SafetensorsFile.of(Map.of("wplus", wplus, "delta.F3x", delta), FORMAT));
        refused(
                "delta.F4 must be float32[1,3,16,16]",
                SafetensorsFile.of(Map.of("wplus", wplus, "delta.F4", delta, "mask.F4", mask), FORMAT));
        refused(
                "not of a feature space",
                SafetensorsFile.of(Map.of("wplus", wplus, "delta.W+", delta, "mask.W+", mask), FORMAT));
        Tensor over = Tensor.filled(Shape.of(1, 1, 8, 8), 1.5f);
        refused(
                "a mask lies in [0,1]",
                SafetensorsFile.of(Map.of("wplus", wplus, "delta.F2", delta, "mask.F2", over), FORMAT));
        float[] broken = new float[24];
        Arrays.fill(broken, Float.NaN);
        refused(
                "not a finite number",
                SafetensorsFile.of(Map.of("wplus", Tensor.of(Shape.of(1, 6, 4), broken)), FORMAT));
    }

    private static void refused(String words, SafetensorsFile file) {
        JobFailure.Rejected failure =
                assertThrows(JobFailure.Rejected.class, () -> LatentFile.parse(file.toBytes(), "x.safetensors"));
        assertEquals("file-invalid", failure.kind());
        assertTrue(
                failure.getMessage().startsWith("x.safetensors")
                        && failure.getMessage().contains(words),
                failure.getMessage());
    }

    @Test
    void latentsOfAnotherBundleAreRefused() {
        ModelBundle bundle = BundleReader.open(BundleFolder.create(folder, "tiny"));
        assertDoesNotThrow(() -> LatentCheck.requireFits(latents(Map.of()), bundle));
        assertDoesNotThrow(() -> LatentCheck.requireFits(
                latents(Map.of("bundle", "tiny", "generator-sha256", bundle.generatorSha256())), bundle));
        mismatch(
                "made with bundle faces9, not with tiny",
                latents(Map.of("bundle", "faces9", "generator-sha256", "0")),
                bundle);
        mismatch("another generator", latents(Map.of("bundle", "tiny", "generator-sha256", "0")), bundle);
        Latents wide = new Latents(random(Shape.of(1, 6, 5), 1), new TreeMap<>(), new TreeMap<>(), Map.of());
        mismatch("6 styles of 5 numbers", wide, bundle);
        LatentSpace f6 = LatentSpace.parse("F6");
        Latents large = new Latents(
                random(Shape.of(1, 6, 4), 1),
                new TreeMap<>(Map.of(f6, Tensor.zeros(Shape.of(1, 1, 32, 32)))),
                new TreeMap<>(Map.of(f6, Tensor.zeros(Shape.of(1, 1, 32, 32)))),
                Map.of());
        mismatch("use F6", large, bundle);
    }

    private static void mismatch(String words, Latents latents, ModelBundle bundle) {
        JobFailure.Rejected failure =
                assertThrows(JobFailure.Rejected.class, () -> LatentCheck.requireFits(latents, bundle));
        assertEquals("latents-mismatch", failure.kind());
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
    }
}
