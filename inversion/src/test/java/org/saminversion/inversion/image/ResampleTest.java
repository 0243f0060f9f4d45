package org.saminversion.inversion.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

class ResampleTest {
    /** SHA-256 of what Pillow 12.3 makes of the same 37 x 29 picture with {@code resize(size, LANCZOS)}. */
    @ParameterizedTest
    @CsvSource({
        "16, 16, 547109658e32fb64e2b679fd608e6a4207fa54f932cb0ab220b6ec0fee9eb3b1",
        "64, 48, 9be6dbbf5d67736afea0b7c1e8bb4aa778de8280ea2a9cb384b9772d310ad0ec",
        "37, 10, c5f50b7d9866e4970f272c483ca932e04af2fa206d5a16e204393bb1073d569d",
        "5, 29, cbe9d6d866551c7df3ea44f99589ad277aac216733aef0fae91aedf40dbf1bee",
        "100, 3, 8c612bb1f244551e860266416a0941ed5f7740d44f5f98a92c8ebabdb485f787"
    })
    void lanczosOfPicturesIsPillowsBitForBit(int width, int height, String sha256) throws NoSuchAlgorithmException {
        RgbImage resized = Resample.lanczos(ImageFiles.formula(37, 29), width, height);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(resized.pixels());
        assertEquals(sha256, HexFormat.of().formatHex(digest));
    }

    @Test
    void lanczosOfTheSameSizeChangesNothing() {
        RgbImage image = ImageFiles.formula(7, 5);
        assertEquals(image, Resample.lanczos(image, 7, 5));
        assertArrayEquals(new float[] {1, 2, 3}, Resample.lanczos(new float[] {1, 2, 3}, 3, 1, 3, 1));
    }

    @Test
    void lanczosOfPlanesKeepsConstantsAndRingsAtEdges() {
        float[] edge = new float[64];
        java.util.Arrays.fill(edge, 32, 64, 1);
        float[] column = Resample.lanczos(edge, 1, 64, 1, 16);
        assertEquals(0, column[0], 1e-6);
        assertEquals(1, column[15], 1e-6);
        assertTrue(column[9] > 1, "overshoots just behind the edge: " + column[9]);
        assertThrows(IllegalArgumentException.class, () -> Resample.lanczos(edge, 8, 9, 4, 4));
    }

    @Test
    void areaMeanAveragesBlocksOfEveryChannel() {
        Tensor image = Tensor.of(Shape.of(1, 2, 2, 4), 1f, 2, 3, 4, 5, 6, 7, 8, 0, 0, 1, 1, 0, 0, 1, 3);
        assertEquals(Tensor.of(Shape.of(1, 2, 1, 2), 3.5f, 5.5f, 0, 1.5f), Resample.areaMean(image, 2));
        assertThrows(IllegalArgumentException.class, () -> Resample.areaMean(image, 3));
    }

    @Test
    void enlargingRepeatsPixels() {
        RgbImage image = Resample.enlarge(ImageFiles.formula(3, 2), 4);
        assertEquals(12, image.width());
        assertEquals(ImageFiles.formula(3, 2).value(2, 1, 1), image.value(11, 4, 1));
    }
}
