package org.saminversion.inversion.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saminversion.inversion.failure.JobFailure;

/** Everything that is not a whole picture of a sensible size is refused with a reason. */
class HostileImageTest {
    private static final RgbImage PICTURE = ImageFiles.formula(64, 48);

    @TempDir
    Path folder;

    @Test
    void nothingAndTextAreNoImages() {
        assertTrue(refused("image-unreadable", new byte[0]).contains("empty"));
        assertTrue(refused("image-unreadable", ascii("hello, world")).contains(ImageFormat.SUPPORTED));
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("gone.png");
        JobFailure.Rejected failure = assertThrows(JobFailure.Rejected.class, () -> ImageReader.read(file));
        assertEquals("image-unreadable", failure.kind());
        assertTrue(failure.getMessage().contains("gone.png does not exist"), failure.getMessage());
    }

    @Test
    void aFolderIsNoImage() {
        JobFailure.Rejected failure = assertThrows(JobFailure.Rejected.class, () -> ImageReader.read(folder));
        assertTrue(failure.getMessage().contains("is not a file"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
    void aCutOffFileIsRefusedWhereverItIsCut(String format) {
        byte[] file = ImageFiles.encoded(PICTURE, format);
        for (int part = 1; part < 20; part++) {
            int length = file.length * part / 20;
            refused("image-unreadable", Arrays.copyOf(file, length));
        }
        // One byte short: a GIF's last byte is only its trailer, and its picture is whole without it.
        if (!format.equals("gif")) {
            refused("image-unreadable", Arrays.copyOf(file, file.length - 1));
        }
    }

    @Test
    void aCutOffWebpIsRefused() {
        byte[] file = ImageFiles.webpLossy();
        for (int length = 12; length < file.length; length++) {
            refused("image-unreadable", Arrays.copyOf(file, length));
        }
    }

    @Test
    void aJpegWithAHoleIsRefusedThoughItHasAnEnd() {
        byte[] file = ImageFiles.encoded(PICTURE, "jpeg");
        byte[] holed = Arrays.copyOf(file, file.length * 3 / 4);
        holed[holed.length - 3] = 0;
        holed[holed.length - 2] = (byte) 0xff;
        holed[holed.length - 1] = (byte) 0xd9;
        refused("image-unreadable", holed);
    }

    @Test
    void aPngWhoseDataEndEarlyIsRefusedThoughItsChunksAreWhole() {
        refused("image-unreadable", ImageFiles.png(4, 4, 8, 0, new byte[] {0, 1, 2, 3, 4, 0, 1}));
    }

    @Test
    void aDamagedPngIsRefused() {
        byte[] file = ImageFiles.encoded(PICTURE, "png");
        file[file.length / 2] ^= 0x10;
        assertTrue(refused("image-unreadable", file).contains("checksum"));
    }

    @Test
    void aPictureWithoutPixelsIsRefused() {
        refused("image-unreadable", ImageFiles.png(0, 5, 8, 0, new byte[0]));
        refused("image-unreadable", ImageFiles.png(5, 0, 8, 0, new byte[0]));
        byte[] bmp = ImageFiles.encoded(PICTURE, "bmp");
        ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 0);
        refused("image-unreadable", bmp);
        byte[] jpeg = ImageFiles.encoded(PICTURE, "jpeg");
        setJpegSize(jpeg, 0, 48);
        refused("image-unreadable", jpeg);
    }

    @Test
    void bombsAreRefusedByTheirHeader() {
        assertTrue(refused("image-too-large", ImageFiles.png(30_000, 30_000, 8, 2, new byte[] {0}))
                .contains("30000 x 30000"));
        byte[] jpeg = ImageFiles.encoded(PICTURE, "jpeg");
        setJpegSize(jpeg, 60_000, 60_000);
        refused("image-too-large", jpeg);
        byte[] bmp = ImageFiles.encoded(PICTURE, "bmp");
        ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 40_000).putInt(22, 40_000);
        refused("image-too-large", bmp);
        byte[] gif = ImageFiles.encoded(PICTURE, "gif");
        ByteBuffer.wrap(gif)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(6, (short) 65_000)
                .putShort(8, (short) 65_000);
        refused("image-too-large", gif);
    }

    @Test
    void aTextThatUnpacksToGigabytesNeverReachesTheDecoder() {
        byte[] zeros = ImageFiles.deflated(new byte[32 << 20]);
        byte[] text = ByteBuffer.allocate(zeros.length + 3)
                .put(ascii("a\0\0"))
                .put(zeros)
                .array();
        byte[] file = ImageFiles.png(1, 1, 8, 0, new byte[] {0, 7}, ImageFiles.pngChunk("zTXt", text));
        assertEquals(ImageFiles.flat(1, 1, 7, 7, 7), ImageReader.read(file));
        assertTrue(PngStructure.of(file).essential().length < 100);
    }

    @Test
    void hugeFilesAreRefusedUnread() throws IOException {
        Path file = folder.resolve("huge.png");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(ImageReader.FILE_BYTES_MAX + 1L);
        }
        JobFailure.Rejected failure = assertThrows(JobFailure.Rejected.class, () -> ImageReader.read(file));
        assertEquals("image-too-large", failure.kind());
        assertTrue(failure.getMessage().contains("huge.png"), failure.getMessage());
    }

    @Test
    void otherFormatsAreNamedAndTheSupportedOnesListed() {
        assertUnsupported("AVIF", ascii("\0\0\0\034ftypavif\0\0\0\0"));
        assertUnsupported("HEIC", ascii("\0\0\0\034ftypheic\0\0\0\0"));
        assertUnsupported("TIFF", new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0});
        assertUnsupported("PDF", ascii("%PDF-1.7"));
        assertUnsupported("SVG", ascii("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"));
        assertUnsupported("JPEG XL", new byte[] {(byte) 0xff, 0x0a, 0, 0});
        assertUnsupported("PSD", ascii("8BPS\0\1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
    void damageNeverGivesAnythingButAPictureOrARefusal(String format) {
        long seed = 20261122;
        Random random = new Random(seed);
        byte[] file = ImageFiles.encoded(ImageFiles.formula(16, 12), format);
        for (int round = 0; round < 150; round++) {
            byte[] damaged = file.clone();
            for (int hit = 0; hit < 1 + random.nextInt(4); hit++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertTrue(ImageReader.read(damaged).width() > 0);
            } catch (JobFailure.Rejected expected) {
                assertTrue(expected.kind().startsWith("image-"), "seed " + seed + ", round " + round);
            }
        }
    }

    private static void assertUnsupported(String name, byte[] file) {
        String message = refused("image-unsupported", file);
        assertTrue(message.startsWith(name) && message.contains(ImageFormat.SUPPORTED), message);
    }

    private static String refused(String kind, byte[] file) {
        JobFailure.Rejected failure = assertThrows(
                JobFailure.Rejected.class, () -> ImageReader.read(file), () -> file.length + " bytes were accepted");
        assertEquals(kind, failure.kind(), failure.getMessage());
        return failure.getMessage();
    }

    private static void setJpegSize(byte[] jpeg, int width, int height) {
        for (int i = 0; i < jpeg.length; i++) {
            if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xc0) {
                ByteBuffer.wrap(jpeg).putShort(i + 5, (short) height).putShort(i + 7, (short) width);
                return;
            }
        }
        throw new IllegalArgumentException("no frame header");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
