package org.saminversion.inversion.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

class ImageLayoutTest {
    @Test
    void aPhotographOfTheRightSizePassesUnchanged() {
        RgbImage photograph = ImageFiles.formula(64, 64);
        assertSame(photograph, ImageLayout.square(64).target(photograph));
    }

    @Test
    void theMiddleSquareIsTaken() {
        RgbImage wide = ImageFiles.formula(200, 64);
        assertEquals(wide.crop(68, 0, 64, 64), ImageLayout.square(64).target(wide));
        RgbImage tall = ImageFiles.formula(64, 101);
        assertEquals(tall.crop(0, 18, 64, 64), ImageLayout.square(64).target(tall));
    }

    @Test
    void letterBoxingKeepsTheWholePhotograph() {
        RgbImage target = ImageLayout.square(64).withFit(Fit.LETTER_BOX).target(ImageFiles.flat(128, 64, 9, 9, 9));
        assertEquals(ImageFiles.flat(64, 16, 0, 0, 0), target.crop(0, 0, 64, 16));
        assertEquals(ImageFiles.flat(64, 32, 9, 9, 9), target.crop(0, 16, 64, 32));
    }

    @Test
    void stretchingFillsTheShape() {
        RgbImage photograph = ImageFiles.formula(30, 90);
        assertEquals(
                Resample.lanczos(photograph, 64, 64),
                ImageLayout.square(64).withFit(Fit.STRETCH).target(photograph));
    }

    @Test
    void extremeShapesStillFit() {
        for (Fit fit : Fit.values()) {
            assertEquals(
                    64,
                    ImageLayout.square(64)
                            .withFit(fit)
                            .target(ImageFiles.formula(3000, 1))
                            .height());
            assertEquals(
                    192,
                    ImageLayout.cars()
                            .withFit(fit)
                            .target(ImageFiles.formula(1, 1))
                            .height());
        }
    }

    @Test
    void carsShowTheMiddleRowsAndAreComparedAtHalfSize() {
        ImageLayout cars = ImageLayout.cars();
        assertEquals(64, cars.visibleTop());
        assertEquals(256, cars.targetWidth());
        assertEquals(192, cars.targetHeight());
        assertEquals(32, cars.targetTop());
        assertEquals(2, cars.reduction());
        RgbImage generated = ImageFiles.formula(512, 512);
        assertEquals(generated.crop(0, 64, 512, 384), cars.visible(generated));
    }

    @Test
    void renderingsAreReducedToTheTargetsSize() {
        ImageLayout cars = ImageLayout.cars();
        RgbImage small = ImageFiles.formula(256, 256);
        RgbImage generated = Resample.enlarge(small, 2);
        RgbImage expected = small.crop(0, 32, 256, 192);
        assertEquals(expected, cars.reduced(generated));
        assertEquals(expected, cars.reduced(cars.visible(generated)));
        RgbImage face = ImageFiles.formula(64, 64);
        assertSame(face, ImageLayout.square(64).reduced(face));
        assertThrows(IllegalArgumentException.class, () -> cars.reduced(face));
    }

    @Test
    void largeGeneratorsAreComparedAt256() {
        assertEquals(4, ImageLayout.square(1024).reduction());
        assertEquals(256, ImageLayout.square(1024).targetHeight());
    }

    @Test
    void layoutsThatDoNotAddUpAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ImageLayout.square(100));
        assertThrows(IllegalArgumentException.class, () -> new ImageLayout(Fit.STRETCH, 64, 64, 65, 64));
        assertThrows(IllegalArgumentException.class, () -> new ImageLayout(Fit.STRETCH, 64, 64, 63, 64));
        assertThrows(IllegalArgumentException.class, () -> new ImageLayout(Fit.STRETCH, 64, 64, 64, 48));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Fit.parse("crop"))
                .getMessage()
                .contains("centre-crop, letter-box, stretch"));
    }

    @Test
    void picturesSurviveTheWayToTensorsAndBack() {
        RgbImage image = ImageFiles.formula(16, 16);
        Tensor tensor = ImageTensors.toTensor(image);
        assertEquals(Shape.of(1, 3, 16, 16), tensor.shape());
        assertEquals(image.value(3, 0, 2) / 127.5f - 1, tensor.toFloats()[2 * 256 + 3]);
        assertEquals(image, ImageTensors.toImage(tensor));
        assertEquals(image, ImageTensors.toImage(tensor.reshape(3, 16, 16)));
    }

    @Test
    void valuesOutsideTheRangeAreClamped() {
        Tensor image = Tensor.of(Shape.of(1, 3, 1, 1), -7f, 0, Float.POSITIVE_INFINITY);
        assertEquals(new RgbImage(1, 1, new byte[] {0, (byte) 128, (byte) 255}), ImageTensors.toImage(image));
        assertThrows(IllegalArgumentException.class, () -> ImageTensors.toImage(Tensor.zeros(Shape.of(2, 3, 4, 4))));
    }
}
