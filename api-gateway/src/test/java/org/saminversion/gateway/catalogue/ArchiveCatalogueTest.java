package org.saminversion.gateway.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.model.batch.BatchFormat;

/** Archives, honest and hostile. */
class ArchiveCatalogueTest {
    private static final byte[] PICTURE = {1, 2, 3};

    @Test
    void everyFileIsAnItemWithoutAManifest() throws IOException {
        byte[] zip = zip("b.png", PICTURE, "shoes/ä.png", new byte[5], "empty/", null, "__MACOSX/b.png", PICTURE);
        assertEquals(List.of("1 b.png 3 bytes {}", "2 shoes/ä.png 5 bytes {}"), read(zip));
    }

    @Test
    void aManifestSaysWhichFilesAreItems() throws IOException {
        byte[] zip = zip(
                "manifest.csv",
                text("customId,file,url,steps\n7,b.png,,9\n8,missing.png,,\n9,,https://example.org/a,\n"),
                "a.png",
                PICTURE,
                "b.png",
                new byte[4]);
        assertEquals(
                List.of(
                        "2 7 4 bytes {\"steps\":9}",
                        "3 8 The archive has no file named \"missing.png\".",
                        "4 9 https://example.org/a {}"),
                read(zip));
    }

    @Test
    void aManifestMayBeJsonLinesAndComeLast() throws IOException {
        byte[] zip = zip("a.png", PICTURE, "manifest.jsonl", text("{\"file\": \"a.png\"}\n"));
        assertEquals(List.of("1 a.png 3 bytes {}"), read(zip));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../evil.png", "a/../../evil.png", "/etc/passwd", "C:\\evil.png", "..\\evil.png", "x\u0007.png"})
    void namesThatLeadElsewhereAreRefused(String name) throws IOException {
        List<String> lines = read(zip(name, PICTURE, "good.png", PICTURE));
        assertTrue(lines.get(0).startsWith("1 - A file's name must be a plain relative path"), lines.toString());
        assertEquals("2 good.png 3 bytes {}", lines.get(1));
    }

    @Test
    void encryptedFilesAreRefused() throws IOException {
        byte[] zip = zip("a.png", PICTURE);
        setFlag(zip, 1);
        assertEquals(List.of("1 a.png The file is encrypted. Pack it without a password."), read(zip));
    }

    @Test
    void damagedFilesAreRefusedAndTheOthersRead() throws IOException {
        byte[] content = new byte[100];
        new Random(5).nextBytes(content);
        byte[] zip = zip("a.png", content, "b.png", PICTURE);
        zip[60]++;
        List<String> lines = read(zip);
        assertTrue(lines.get(0).matches("1 a.png The file (is damaged|a.png cannot be unpacked).*"), lines.toString());
        assertEquals("2 b.png 3 bytes {}", lines.get(1));
    }

    @Test
    void aFileThatSwellsBeyondTheLargestPictureIsNotUnpackedFurther() throws IOException {
        byte[] bomb = new byte[ImageReader.FILE_BYTES_MAX + 10];
        List<String> lines = read(zip("bomb.png", bomb, "b.png", PICTURE));
        assertEquals("1 bomb.png The file has more than " + ImageReader.FILE_BYTES_MAX + " bytes.", lines.get(0));
        assertEquals("2 b.png 3 bytes {}", lines.get(1));
    }

    @Test
    void anArchiveOfManyBombsIsGivenUp() throws IOException {
        byte[] bomb = new byte[ImageReader.FILE_BYTES_MAX];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 7; i++) {
                zip.putNextEntry(new ZipEntry(i + ".png"));
                zip.write(bomb);
                zip.closeEntry();
            }
        }
        List<String> lines = read(bytes.toByteArray());
        assertTrue(lines.get(6).contains("swells to more than"), lines.get(6));
    }

    @Test
    void whatIsNoArchiveIsSaidToBeNone() throws IOException {
        byte[] whole = zip("a.png", PICTURE);
        for (byte[] upload : List.of(new byte[0], text("hello"), Arrays.copyOf(whole, whole.length - 30))) {
            JobFailure.Rejected refused = assertThrows(JobFailure.Rejected.class, () -> read(upload));
            assertEquals("archive-unreadable", refused.kind());
        }
    }

    @Test
    void twoManifestsAreOneTooMany() throws IOException {
        byte[] zip = zip("manifest.csv", text("url\n"), "manifest.jsonl", text(""));
        assertThrows(JobFailure.Rejected.class, () -> read(zip));
    }

    /** Whatever a damaged archive is, the answer is a refusal or lines, never another failure. */
    @Test
    void damageAnywhereIsAnswered() throws IOException {
        long seed = Long.getLong("sam.seed", 20261125);
        Random random = new Random(seed);
        byte[] whole =
                zip("manifest.csv", text("customId,file\n1,a.png\n2,b.png\n"), "a.png", PICTURE, "b.png", PICTURE);
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertTrue(read(damaged).size() < 100);
            } catch (JobFailure.Rejected e) {
                assertTrue(e.getMessage().endsWith("."), e.getMessage());
            } catch (IOException | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    private static List<String> read(byte[] zip) throws IOException {
        return CatalogueText.read(BatchFormat.ZIP, zip);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @param namesAndContents pairs; folders have no content */
    private static byte[] zip(Object... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                if (namesAndContents[i + 1] != null) {
                    zip.write((byte[]) namesAndContents[i + 1]);
                }
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Sets bits of the flags of the first entry, in its own header and in the directory. */
    private static void setFlag(byte[] zip, int flag) {
        ByteBuffer view = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < zip.length - 10; at++) {
            if (view.getInt(at) == 0x04034b50) {
                zip[at + 6] |= (byte) flag;
            } else if (view.getInt(at) == 0x02014b50) {
                zip[at + 8] |= (byte) flag;
            }
        }
    }
}
