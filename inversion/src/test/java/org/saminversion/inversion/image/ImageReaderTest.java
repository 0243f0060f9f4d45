package org.saminversion.inversion.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageReaderTest {
    private static final RgbImage PICTURE = ImageFiles.formula(20, 12);

    @TempDir
    Path folder;

    @Test
    void losslessFormatsKeepEveryPixel() {
        assertEquals(PICTURE, ImageReader.read(ImageFiles.encoded(PICTURE, "png")));
        assertEquals(PICTURE, ImageReader.read(ImageFiles.encoded(PICTURE, "bmp")));
        assertEquals(PICTURE, ImageReader.read(PngWriter.toBytes(PICTURE)));
    }

    @Test
    void aFileIsReadByItsContentNotItsName() throws IOException {
        Path file = Files.write(folder.resolve("photo.jpg"), PngWriter.toBytes(PICTURE));
        assertEquals(PICTURE, ImageReader.read(file));
    }

    @Test
    void jpegKeepsColours() {
        assertNear(ImageFiles.flat(9, 7, 200, 60, 20), ImageReader.read(flatAs("jpeg")), 3);
    }

    @Test
    void cmykJpegBecomesRgb() {
        assertNear(ImageFiles.flat(16, 16, 255, 0, 0), ImageReader.read(ImageFiles.jpegCmyk()), 40);
    }

    @Test
    void ycckJpegBecomesRgb() {
        // The same stored samples, said to be YCCK: luma 255, both chroma 0, no black.
        byte[] file = ImageFiles.jpegCmyk();
        file[17] = 2;
        assertNear(ImageFiles.flat(16, 16, 179, 0, 227), ImageReader.read(file), 60);
    }

    @Test
    void strayBytesBetweenSegmentsAreNoDamage() {
        byte[] jpeg = ImageFiles.jpegWithOrientation(ImageFiles.flat(9, 7, 200, 60, 20), 1);
        int afterExif = 2 + 2 + 26 + 8;
        byte[] padded = ByteBuffer.allocate(jpeg.length + 3)
                .put(jpeg, 0, afterExif)
                .put(new byte[3])
                .put(jpeg, afterExif, jpeg.length - afterExif)
                .array();
        assertNear(ImageFiles.flat(9, 7, 200, 60, 20), ImageReader.read(padded), 3);
    }

    @Test
    void greyJpegKeepsItsLevels() {
        BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64; i++) {
            grey.getRaster().setSample(i % 8, i / 8, 0, 100);
        }
        assertNear(ImageFiles.flat(8, 8, 100, 100, 100), ImageReader.read(ImageFiles.encoded(grey, "jpeg")), 1);
    }

    @Test
    void embeddedProfilesOfJpegAreConverted() {
        byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        RgbImage image = ImageReader.read(ImageFiles.jpegWithProfile(ImageFiles.flat(8, 8, 128, 128, 128), linear));
        assertNear(ImageFiles.flat(8, 8, 188, 188, 188), image, 3);
    }

    @Test
    void aBrokenProfileIsPassedOver() {
        byte[] broken = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        Arrays.fill(broken, 40, broken.length, (byte) 0x55);
        RgbImage image = ImageReader.read(ImageFiles.jpegWithProfile(ImageFiles.flat(8, 8, 128, 128, 128), broken));
        assertNear(ImageFiles.flat(8, 8, 128, 128, 128), image, 3);
    }

    @Test
    void cameraOrientationIsUndone() {
        // Stored lying on its side: the top row of the scene is the last column of the file (orientation 6).
        RgbImage stored = halves(16, 8, true);
        RgbImage scene = ImageReader.read(ImageFiles.jpegWithOrientation(stored, 6));
        assertEquals(8, scene.width());
        assertEquals(16, scene.height());
        assertTrue(scene.value(4, 2, 0) > 200, "the stored left is the scene's top");
        assertTrue(scene.value(4, 13, 0) < 50);
    }

    @Test
    void everyOrientationIsTheInverseOfItsCamera() {
        RgbImage image = ImageFiles.formula(5, 3);
        int last = 4;
        assertEquals(image.value(last, 1, 0), Orientation.upright(image, 2).value(0, 1, 0));
        assertEquals(image.value(last, 2, 0), Orientation.upright(image, 3).value(0, 0, 0));
        assertEquals(image.value(1, 2, 0), Orientation.upright(image, 4).value(1, 0, 0));
        assertEquals(image.value(3, 1, 0), Orientation.upright(image, 5).value(1, 3, 0));
        assertEquals(image.value(0, 2, 0), Orientation.upright(image, 6).value(0, 0, 0));
        assertEquals(image.value(last, 2, 0), Orientation.upright(image, 7).value(0, 0, 0));
        assertEquals(image.value(last, 0, 0), Orientation.upright(image, 8).value(0, 0, 0));
        assertEquals(image, Orientation.upright(Orientation.upright(image, 6), 8));
    }

    @Test
    void orientationOfPngAndWebpCountsToo() {
        byte[] png =
                ImageFiles.png(2, 1, 8, 0, new byte[] {0, 10, 20}, ImageFiles.pngChunk("eXIf", ImageFiles.exif(8)));
        assertEquals(new RgbImage(1, 2, new byte[] {20, 20, 20, 10, 10, 10}), ImageReader.read(png));
        assertEquals(8, ImageReader.read(ImageFiles.webpTurned()).width());
    }

    @Test
    void sixteenBitsAreRounded() {
        byte[] line = {0, (byte) 0x80, (byte) 0xff, 0x12, 0x34, 0, 0};
        RgbImage image = ImageReader.read(ImageFiles.png(1, 1, 16, 2, line));
        assertEquals(new RgbImage(1, 1, new byte[] {(byte) 128, 18, 0}), image);
    }

    @Test
    void greyOfAnyDepthKeepsItsLevels() {
        assertEquals(ImageFiles.flat(1, 1, 128, 128, 128), grey(16, (byte) 0x80, (byte) 0));
        assertEquals(ImageFiles.flat(1, 1, 77, 77, 77), grey(8, (byte) 77));
        assertEquals(ImageFiles.flat(1, 1, 85, 85, 85), grey(4, (byte) 0x50));
        assertEquals(ImageFiles.flat(1, 1, 255, 255, 255), grey(1, (byte) 0x80));
    }

    private static RgbImage grey(int depth, byte... samples) {
        byte[] line = new byte[samples.length + 1];
        System.arraycopy(samples, 0, line, 1, samples.length);
        return ImageReader.read(ImageFiles.png(1, 1, depth, 0, line));
    }

    @Test
    void transparencyIsCompositedOnWhite() {
        byte[] halfRed = {0, (byte) 255, 0, 0, (byte) 128};
        assertEquals(ImageFiles.flat(1, 1, 255, 127, 127), ImageReader.read(ImageFiles.png(1, 1, 8, 6, halfRed)));
        byte[] clearGrey = {0, 30, 0};
        assertEquals(ImageFiles.flat(1, 1, 255, 255, 255), ImageReader.read(ImageFiles.png(1, 1, 8, 4, clearGrey)));
        byte[] transparentKey = ImageFiles.pngChunk("tRNS", new byte[] {0, 9, 0, 8, 0, 7});
        byte[] keyed = ImageFiles.png(2, 1, 8, 2, new byte[] {0, 9, 8, 7, 1, 2, 3}, transparentKey);
        assertEquals(new RgbImage(2, 1, new byte[] {-1, -1, -1, 1, 2, 3}), ImageReader.read(keyed));
    }

    @Test
    void transparentGreyIsCompositedOnWhite() {
        byte[] greyKey = ImageFiles.pngChunk("tRNS", new byte[] {0, 9});
        byte[] keyedGrey = ImageFiles.png(2, 1, 8, 0, new byte[] {0, 9, 50}, greyKey);
        assertEquals(new RgbImage(2, 1, new byte[] {-1, -1, -1, 50, 50, 50}), ImageReader.read(keyedGrey));
    }

    @Test
    void palettesWithTransparencyAreRead() {
        byte[] palette = ImageFiles.pngChunk("PLTE", new byte[] {10, 20, 30, 40, 50, 60});
        byte[] clear = ImageFiles.pngChunk("tRNS", new byte[] {(byte) 255, 0});
        byte[] file = ImageFiles.png(2, 1, 8, 3, new byte[] {0, 0, 1}, palette, clear);
        assertEquals(new RgbImage(2, 1, new byte[] {10, 20, 30, -1, -1, -1}), ImageReader.read(file));
    }

    @Test
    void anAnimatedGifGivesItsFirstFrame() {
        byte[] file = animatedGif(frame(0xff0000), frame(0x0000ff));
        assertEquals(ImageFiles.flat(6, 4, 255, 0, 0), ImageReader.read(file));
    }

    @Test
    void aGifFrameLiesAtItsPlaceOnTheScreen() {
        byte[] file = ImageFiles.encoded(ImageFiles.flat(6, 4, 255, 0, 0), "gif");
        file[6] = 10;
        file[8] = 4;
        RgbImage image = ImageReader.read(file);
        assertEquals(10, image.width());
        assertEquals(0, image.value(5, 0, 1));
        assertEquals(255, image.value(6, 0, 1));
    }

    @Test
    void webpIsReadWithAndWithoutLossAndAlpha() {
        assertEquals(ImageFiles.flat(12, 8, 200, 60, 20), ImageReader.read(ImageFiles.webpLossless()));
        assertNear(ImageFiles.flat(12, 8, 200, 60, 20), ImageReader.read(ImageFiles.webpLossy()), 6);
        RgbImage half = ImageReader.read(ImageFiles.webpTransparent());
        assertEquals(ImageFiles.flat(6, 8, 0, 0, 255), half.crop(0, 0, 6, 8));
        assertEquals(ImageFiles.flat(6, 8, 255, 255, 255), half.crop(6, 0, 6, 8));
    }

    @Test
    void anAnimatedWebpGivesItsFirstFrame() {
        assertEquals(ImageFiles.flat(12, 8, 200, 60, 20), ImageReader.read(ImageFiles.webpAnimated()));
    }

    private static RgbImage halves(int width, int height, boolean leftWhite) {
        RgbImage image = ImageFiles.flat(width, height, 0, 0, 0);
        for (int y = 0; y < height; y++) {
            int from = 3 * (y * width + (leftWhite ? 0 : width / 2));
            Arrays.fill(image.pixels(), from, from + 3 * width / 2, (byte) 255);
        }
        return image;
    }

    private static byte[] flatAs(String format) {
        return ImageFiles.encoded(ImageFiles.flat(9, 7, 200, 60, 20), format);
    }

    private static void assertNear(RgbImage expected, RgbImage actual, int tolerance) {
        assertEquals(expected.width(), actual.width());
        assertEquals(expected.height(), actual.height());
        for (int i = 0; i < expected.pixels().length; i++) {
            int difference = (expected.pixels()[i] & 0xff) - (actual.pixels()[i] & 0xff);
            assertTrue(Math.abs(difference) <= tolerance, "value " + i + " differs by " + difference);
        }
    }

    private static BufferedImage frame(int colour) {
        BufferedImage frame = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = frame.createGraphics();
        graphics.setColor(new java.awt.Color(colour));
        graphics.fillRect(0, 0, 6, 4);
        graphics.dispose();
        return frame;
    }

    private static byte[] animatedGif(BufferedImage... frames) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try (var stream = new javax.imageio.stream.MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (BufferedImage frame : frames) {
                IIOMetadata metadata = writer.getDefaultImageMetadata(
                        new javax.imageio.ImageTypeSpecifier(frame), writer.getDefaultWriteParam());
                IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
                writer.writeToSequence(new IIOImage(frame, null, metadata), null);
                assertTrue(root.getLength() > 0);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
