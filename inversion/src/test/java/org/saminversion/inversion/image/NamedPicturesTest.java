package org.saminversion.inversion.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.NpyFile;

class NamedPicturesTest {
    @TempDir
    private Path folder;

    @Test
    void greyArraysBecomePicturesWithThreeEqualChannels() throws IOException {
        Path file = npz("faces.npz", bytes(Shape.of(3, 2, 2)));
        List<NamedPicture> pictures = NamedPictures.of(List.of(file), 2);

        assertEquals(2, pictures.size(), "as limited");
        assertEquals(file + "[1]", pictures.get(1).label());
        assertEquals("faces-00001", pictures.get(1).folder());
        assertEquals(
                new RgbImage(2, 2, new byte[] {4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7}),
                pictures.get(1).source().get());
    }

    @Test
    void colourArraysKeepTheirChannels() throws IOException {
        Path file = npz("cars.npz", bytes(Shape.of(1, 1, 2, 3)));
        RgbImage picture = NamedPictures.of(List.of(file), 10).get(0).source().get();
        assertEquals(new RgbImage(2, 1, new byte[] {0, 1, 2, 3, 4, 5}), picture);
    }

    @Test
    void picturesOfTheSameNameGetFoldersOfTheirOwn() {
        List<NamedPicture> pictures =
                NamedPictures.of(List.of(Path.of("a/face.png"), Path.of("b/face.jpg"), Path.of("face")), 10);
        assertEquals(
                List.of("face", "face-2", "face-3"),
                pictures.stream().map(NamedPicture::folder).toList());
    }

    @Test
    void aFileIsReadOnlyWhenItsTurnComes() {
        Path good = folder.resolve("good.png");
        RgbImage white = new RgbImage(1, 1, new byte[] {-1, -1, -1});
        PngWriter.write(white, good);
        List<NamedPicture> pictures = NamedPictures.of(List.of(folder.resolve("missing.png"), good), 10);

        assertThrows(JobFailure.Rejected.class, () -> pictures.get(0).source().get());
        assertEquals(white, pictures.get(1).source().get());
    }

    @Test
    void aFolderGivesItsImagesByName() throws IOException {
        RgbImage white = new RgbImage(1, 1, new byte[] {-1, -1, -1});
        PngWriter.write(white, folder.resolve("b.PNG"));
        PngWriter.write(white, folder.resolve("a.png"));
        Files.writeString(folder.resolve("README.md"), "What these are.");
        Files.createDirectory(folder.resolve("deeper.png"));
        assertEquals(
                List.of("a", "b"),
                NamedPictures.of(List.of(folder), 10).stream()
                        .map(NamedPicture::folder)
                        .toList());
    }

    @Test
    void anArchiveGivesItsImages() throws IOException {
        RgbImage black = new RgbImage(1, 1, new byte[3]);
        Path file = folder.resolve("faces.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : List.of("one/b.png", "one/.b.png", "a.txt", "two/b.png")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(PngWriter.toBytes(black));
            }
        }
        List<NamedPicture> pictures = NamedPictures.of(List.of(file), 10);
        assertEquals(
                List.of("b", "b-2"), pictures.stream().map(NamedPicture::folder).toList());
        assertEquals(file + "[two/b.png]", pictures.get(1).label());
        assertEquals(black, pictures.get(1).source().get());
    }

    @Test
    void whatIsNoArchiveIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("faces.zip"), "none");
        assertThrows(JobFailure.Rejected.class, () -> NamedPictures.of(List.of(file), 10));
    }

    @Test
    void anArrayOfAnotherShapeIsRefused() throws IOException {
        Path file = npz("odd.npz", bytes(Shape.of(1, 2, 2, 4)));
        JobFailure.Rejected refusal =
                assertThrows(JobFailure.Rejected.class, () -> NamedPictures.of(List.of(file), 10));
        assertTrue(refusal.getMessage().contains("[N,H,W] or [N,H,W,3]"), refusal.getMessage());
    }

    @Test
    void anArrayFileWithoutPicturesIsRefused() throws IOException {
        Path file = folder.resolve("empty.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("labels.npy"));
            zip.write(NpyFile.toBytes(bytes(Shape.of(1))));
        }
        JobFailure.Rejected refusal =
                assertThrows(JobFailure.Rejected.class, () -> NamedPictures.of(List.of(file), 10));
        assertTrue(refusal.getMessage().contains("labels"), refusal.getMessage());
    }

    private Path npz(String name, Tensor images) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("images.npy"));
            zip.write(NpyFile.toBytes(images));
        }
        return file;
    }

    /** 0, 1, 2 and so on. */
    private static Tensor bytes(Shape shape) {
        ByteBuffer values = ByteBuffer.allocateDirect(shape.elements());
        for (int i = 0; i < shape.elements(); i++) {
            values.put(i, (byte) i);
        }
        return Tensor.of(ElementType.UINT8, shape, values);
    }
}
