package org.saminversion.inversion.invertibility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.Fit;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.image.Resample;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.method.MapSource;
import org.saminversion.inversion.space.LatentSpace;

class InvertibilityMapTest {
    private static final LatentSpace F2 = LatentSpace.parse("F2");
    private static final LatentSpace F4 = LatentSpace.parse("F4");

    /** Two pixels of segment 0, one of segment 3, one of segment 7. */
    private static InvertibilityMap map(float[] wplus, float[] f2, float[] f4) {
        SortedMap<LatentSpace, float[]> errors = new TreeMap<>();
        errors.put(LatentSpace.W_PLUS, wplus);
        errors.put(F2, f2);
        errors.put(F4, f4);
        return new InvertibilityMap(2, 2, new int[] {0, 0, 3, 7}, errors);
    }

    private static final InvertibilityMap MAP =
            map(new float[] {0.1f, 0.3f, 0.5f, 0.9f}, new float[] {0.4f, 0.4f, 0.2f, 0.8f}, new float[] {
                0.1f, 0.1f, 0.1f, 0.7f
            });

    @Test
    void theMostEditableSpaceUnderTheCeilingWins() {
        RefinedMap refined = MAP.refine(0.25);
        assertEquals(
                List.of(LatentSpace.W_PLUS, F2, F4),
                refined.choices().stream().map(SegmentChoice::space).toList());
        assertArrayEquals(new int[] {0, 0, 1, 2}, refined.labels());
        assertEquals(0.2, refined.choices().get(0).meanErrors().get(LatentSpace.W_PLUS), 1e-7);
        assertEquals(2, refined.choices().get(0).pixels());
        assertEquals(Map.of(LatentSpace.W_PLUS, 0.5, F2, 0.25, F4, 0.25), refined.shares());
    }

    @Test
    void anEqualErrorPasses() {
        assertEquals(F2, MAP.refine(0.2f).choices().get(1).space());
    }

    @Test
    void extremesGiveAllOfOneSpace() {
        assertEquals(1, MAP.refine(1).shares().get(LatentSpace.W_PLUS));
        assertEquals(1, MAP.refine(-1).shares().get(F4));
    }

    @Test
    void aMapSurvivesItsFile() {
        byte[] bytes = InvertibilityMapFile.toBytes(MAP, MapSource.MEASURED);
        assertEquals(MAP, InvertibilityMapFile.parse(bytes, "map"));
        assertEquals(Optional.of(MapSource.MEASURED), InvertibilityMapFile.source(bytes, "map"));
    }

    @Test
    void mapsThatDoNotAddUpAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new InvertibilityMap(2, 2, new int[3], MAP.errors()));
        assertThrows(IllegalArgumentException.class, () -> new InvertibilityMap(2, 2, new int[4], new TreeMap<>()));
        int[] negative = {0, -1, 0, 0};
        assertThrows(IllegalArgumentException.class, () -> new InvertibilityMap(2, 2, negative, MAP.errors()));
        float[] notANumber = {0, 0, Float.NaN, 0};
        assertThrows(IllegalArgumentException.class, () -> map(notANumber, new float[4], new float[4]));
        assertThrows(IllegalArgumentException.class, () -> map(new float[5], new float[4], new float[4]));
    }

    @Test
    void otherFilesAreNoMaps() {
        Tensor plane = Tensor.zeros(Shape.of(2, 2));
        Tensor segments = Tensor.of(Shape.of(2, 2), 0, 0, 1, 1);
        Map<String, String> format = Map.of("format", "invertibility-map-1");
        refused("do not call it", SafetensorsFile.of(Map.of("segments", segments), Map.of()));
        refused("segments", SafetensorsFile.of(Map.of("error.F4", plane), format));
        refused("whole numbers", SafetensorsFile.of(Map.of("segments", plane, "error.F4", plane), format));
        refused("at least one space", SafetensorsFile.of(Map.of("segments", segments), format));
        Tensor wide = Tensor.zeros(Shape.of(2, 3));
        refused("error.F4 must be", SafetensorsFile.of(Map.of("segments", segments, "error.F4", wide), format));
        refused("latent space", SafetensorsFile.of(Map.of("segments", segments, "error.G4", plane), format));
    }

    private static void refused(String words, SafetensorsFile file) {
        JobFailure.Rejected failure =
                assertThrows(JobFailure.Rejected.class, () -> InvertibilityMapFile.parse(file.toBytes(), "map"));
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
    }

    @Test
    void masksOfCarsArePaddedAboveAndBelow() {
        ImageLayout layout = new ImageLayout(Fit.CENTRE_CROP, 32, 32, 24, 16);
        int pixels = layout.targetWidth() * layout.targetHeight();
        SortedMap<LatentSpace, float[]> errors = new TreeMap<>();
        float[] one = new float[pixels];
        Arrays.fill(one, 1);
        errors.put(LatentSpace.W_PLUS, one);
        errors.put(F4, one);
        errors.put(LatentSpace.parse("F6"), one);
        InvertibilityMap cars =
                new InvertibilityMap(layout.targetWidth(), layout.targetHeight(), new int[pixels], errors);
        MaskSet masks = MaskSet.of(cars.refine(0.5), layout);
        float[] f6 = masks.masks().get(LatentSpace.parse("F6")).toFloats();
        assertEquals(0, f6[16], 0.05);
        assertEquals(1, f6[16 * 32 + 16], 1e-6);
        assertEquals(0, f6[31 * 32 + 16], 0.05);
        assertEquals(Shape.of(1, 1, 16, 16), masks.masks().get(F4).shape());
        assertEquals(
                List.of(LatentSpace.parse("F6")),
                List.copyOf(masks.inUse().masks().keySet()));
        assertThrows(IllegalArgumentException.class, () -> MaskSet.of(cars.refine(0.5), ImageLayout.square(16)));
    }

    @Test
    void masksOfTheSameSizeAreTheMapItself() {
        SortedMap<LatentSpace, float[]> errors = new TreeMap<>();
        float[] high = new float[64];
        Arrays.fill(high, 0, 20, 1);
        errors.put(LatentSpace.W_PLUS, high);
        errors.put(F2, new float[64]);
        int[] segments = new int[64];
        Arrays.fill(segments, 0, 20, 1);
        RefinedMap refined = new InvertibilityMap(8, 8, segments, errors).refine(0.5);
        MaskSet masks = MaskSet.of(refined, ImageLayout.square(8));
        assertArrayEquals(high, masks.masks().get(F2).toFloats());
        assertEquals(Tensor.filled(Shape.of(1, 1, 8, 8), 1), MaskSet.uniform(F2, 1));
    }

    @Test
    void picturesHaveTheColoursOfThePaper() {
        RefinedMap refined = MAP.refine(0.25);
        RgbImage plain = RefinedMapPicture.plain(refined);
        assertEquals(new RgbImage(1, 1, new byte[] {0, 98, (byte) 155}), plain.crop(0, 0, 1, 1));
        assertEquals(new RgbImage(1, 1, new byte[] {116, 118, 120}), plain.crop(1, 1, 1, 1));
        RgbImage grey = new RgbImage(4, 4, new byte[48]);
        RgbImage half = RefinedMapPicture.overlay(refined, grey, 0.5);
        assertEquals(new RgbImage(1, 1, new byte[] {0, 49, 78}), half.crop(1, 1, 1, 1));
        assertEquals(Resample.enlarge(plain, 2), RefinedMapPicture.overlay(refined, grey, 1));
        RgbImage crooked = new RgbImage(3, 4, new byte[36]);
        assertThrows(IllegalArgumentException.class, () -> RefinedMapPicture.overlay(refined, crooked, 0.5));
        assertThrows(IllegalArgumentException.class, () -> RefinedMapPicture.overlay(refined, grey, Double.NaN));
    }
}
