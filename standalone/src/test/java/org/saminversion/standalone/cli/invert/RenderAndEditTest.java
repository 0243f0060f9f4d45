package org.saminversion.standalone.cli.invert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.file.NpyFile;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.standalone.cli.CommandRun;
import org.saminversion.standalone.rules.Project;

/** {@code render} and {@code edit} on latents that {@code invert} wrote. */
class RenderAndEditTest {
    @TempDir
    private static Path shared;

    private static Path latents;

    @TempDir
    private Path folder;

    @BeforeAll
    static void invertOnce() {
        System.setProperty("sam.home", Project.root().toString());
        CommandRun run = CommandRun.of(
                "invert",
                Project.root().resolve("samples/face.png").toString(),
                "--method=F4",
                "--steps=5",
                "--out=" + shared);
        assertEquals(0, run.exitCode(), run.err());
        latents = shared.resolve("face/latents.safetensors");
    }

    @Test
    void theRenderingIsTheReconstruction() {
        Path png = folder.resolve("face.png");
        assertEquals(
                0, CommandRun.of("render", latents.toString(), "--out=" + png).exitCode());
        // Not equal bit by bit: the file keeps deltas in half precision.
        assertClose(ImageReader.read(shared.resolve("face/reconstruction.png")), ImageReader.read(png), 2);
    }

    @Test
    void theArrayIsThePictureBeforeRounding() {
        Path png = folder.resolve("face.png");
        Path npy = folder.resolve("face.npy");
        assertEquals(
                0, CommandRun.of("render", latents.toString(), "--out=" + png).exitCode());
        assertEquals(
                0, CommandRun.of("render", latents.toString(), "--out=" + npy).exitCode());

        Tensor array = NpyFile.read(npy);
        RgbImage picture = ImageReader.read(png);
        assertEquals("[3,64,64]", array.shape().toString());
        float[] values = array.toFloats();
        for (int i = 0; i < 64 * 64; i++) {
            float level = Math.max(0, Math.min(255, (values[i] + 1) * 127.5f));
            assertEquals(level, picture.value(i % 64, i / 64, 0), 0.51);
        }
    }

    @Test
    void anEditChangesThePictureAndNoStrengthLeavesIt() {
        Path plain = folder.resolve("plain.png");
        Path smiling = folder.resolve("smiling.png");
        Path unchanged = folder.resolve("unchanged.png");
        CommandRun.of("render", latents.toString(), "--out=" + plain);
        assertEquals(0, edit(smiling, "--direction=smile", "--strength=1.5").exitCode());
        CommandRun both = edit(unchanged, "--direction=smile", "--strength=0", "--direction=pca-00", "--strength=0");
        assertEquals(0, both.exitCode(), both.err());

        assertNotEquals(ImageReader.read(plain), ImageReader.read(smiling));
        assertClose(ImageReader.read(plain), ImageReader.read(unchanged), 1);
    }

    @Test
    void anEditCanBeKeptToSomeLayers() {
        Path everywhere = folder.resolve("everywhere.png");
        Path early = folder.resolve("early.png");
        Path late = folder.resolve("late.png");
        assertEquals(0, edit(everywhere, "--direction=smile", "--strength=2").exitCode());
        assertEquals(
                0,
                edit(early, "--direction=smile", "--strength=2", "--layers=0-4").exitCode());
        assertEquals(
                0,
                edit(late, "--direction=smile", "--strength=2", "--layers=4-10").exitCode());
        assertNotEquals(ImageReader.read(everywhere), ImageReader.read(early));
        assertNotEquals(ImageReader.read(early), ImageReader.read(late));
    }

    @Test
    void wrongUsageOfAnEditIsOneLineAndCodeTwo() {
        Path png = folder.resolve("x.png");
        assertUsage("frown", edit(png, "--direction=frown", "--strength=1"));
        assertUsage("strength", edit(png, "--direction=smile", "--strength=NaN"));
        assertUsage("strength", edit(png, "--direction=smile", "--strength=21"));
        assertUsage("--strength", edit(png, "--direction=smile"));
        assertUsage("0-5", edit(png, "--direction=smile", "--strength=1", "--layers=4-4"));
        assertUsage(".png or .npy", edit(folder.resolve("x.jpg"), "--direction=smile", "--strength=1"));
        assertFalse(Files.exists(png));
    }

    @Test
    void aFileThatLiesAboutItsLengthIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(latents);
        Path cut = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(bytes, bytes.length - 100));
        CommandRun run = CommandRun.of("render", cut.toString(), "--out=" + folder.resolve("x.png"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("cut.safetensors"), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void theTableOfContentsIsShown() {
        CommandRun run = CommandRun.of("inspect", latents.toString());
        assertTrue(run.out().startsWith("latents of an inverted photograph\n"), run.out());
        assertTrue(run.out().contains("method = F4"), run.out());
        assertTrue(run.out().contains("wplus  float32[1,10,128]"), run.out());
    }

    private static CommandRun edit(Path out, String... options) {
        return CommandRun.of(Stream.concat(Stream.of("edit", latents.toString(), "--out=" + out), Stream.of(options))
                .toArray(String[]::new));
    }

    private static void assertUsage(String reason, CommandRun run) {
        assertEquals(2, run.exitCode(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains(reason), run.err());
    }

    private static void assertClose(RgbImage expected, RgbImage actual, int levels) {
        assertEquals(expected.width(), actual.width());
        assertEquals(expected.height(), actual.height());
        for (int i = 0; i < expected.pixels().length; i++) {
            assertEquals(expected.pixels()[i] & 0xff, actual.pixels()[i] & 0xff, levels, "byte " + i);
        }
    }
}
