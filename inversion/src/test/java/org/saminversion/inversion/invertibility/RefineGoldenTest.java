package org.saminversion.inversion.invertibility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.space.LatentSpace;

/** Refinement and masks against the numbers of the released code. */
class RefineGoldenTest {
    private static final List<String> SPACES = List.of("W+", "F4", "F6", "F8", "F10");

    private static SafetensorsFile golden;
    private static InvertibilityMap map;

    @BeforeAll
    static void readTheGolden() throws IOException {
        try (InputStream in =
                new GZIPInputStream(RefineGoldenTest.class.getResourceAsStream("/goldens/refine.safetensors.gz"))) {
            golden = SafetensorsFile.parse(ByteBuffer.wrap(in.readAllBytes()), "refine golden");
        }
        TreeMap<LatentSpace, float[]> errors = new TreeMap<>();
        for (String space : SPACES) {
            errors.put(
                    LatentSpace.parse(space), golden.tensor("invmap_" + space).toFloats());
        }
        map = new InvertibilityMap(256, 256, golden.tensor("segments").toInts(), errors);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "0.15", "0.2", "0.225", "0.25", "0.3", "0.4", "1.0"})
    void everyPixelGetsTheSpaceOfTheReleasedCode(String tau) {
        int[] expected = golden.tensor("refined_tau" + tau).toInts();
        assertArrayEquals(expected, map.refine(Double.parseDouble(tau)).labels());
    }

    @Test
    void masksAreThoseOfTheReleasedCode() {
        RefinedMap refined = map.refine(0.225);
        assertArrayEquals(golden.tensor("mask_W+").toFloats(), refined.mask(LatentSpace.W_PLUS));
        MaskSet masks = MaskSet.of(refined, ImageLayout.square(256));
        for (String space : SPACES.subList(1, 5)) {
            float[] expected = golden.tensor("mask_" + space).toFloats();
            assertArrayEquals(
                    expected, masks.masks().get(LatentSpace.parse(space)).toFloats(), 1e-6f, space);
        }
    }

    @Test
    void sharesAddUpToOne() {
        RefinedMap refined = map.refine(0.225);
        assertEquals(1, refined.shares().values().stream().mapToDouble(x -> x).sum(), 1e-9);
        assertTrue(refined.shares().get(LatentSpace.W_PLUS) > 0);
    }
}
