package org.saminversion.standalone.cli.invert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.image.RgbImage;

class ResultFileTest {
    private static final RgbImage PICTURE = new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, 6});

    @TempDir
    private Path folder;

    private InversionReport report;

    @BeforeEach
    void aFinishedResult() throws IOException {
        Path latents = Files.write(folder.resolve("latents.safetensors"), new byte[8]);
        report = new InversionReport(
                "face.png",
                38.5,
                0.03,
                new TreeMap<>(Map.of("W+", 0.75, "F4", 0.25)),
                21.5,
                400,
                new TreeMap<>(Map.of("latents", latents.toString())));
        new ResultFile(folder).write(fingerprint(0.25, PICTURE), report);
    }

    @Test
    void theSamePictureAndSettingsAreFinished() throws IOException {
        assertEquals(Optional.of(report), new ResultFile(folder).finishedWith(fingerprint(0.25, PICTURE)));
    }

    @Test
    void anotherTauOrPictureIsNot() throws IOException {
        RgbImage other = new RgbImage(1, 2, PICTURE.pixels());
        assertEquals(Optional.empty(), new ResultFile(folder).finishedWith(fingerprint(0.5, PICTURE)));
        assertEquals(Optional.empty(), new ResultFile(folder).finishedWith(fingerprint(0.25, other)));
    }

    @Test
    void aResultWithoutItsFilesIsNotFinished() throws IOException {
        Files.delete(folder.resolve("latents.safetensors"));
        assertEquals(Optional.empty(), new ResultFile(folder).finishedWith(fingerprint(0.25, PICTURE)));
    }

    @Test
    void aDamagedResultFileIsNotFinished() throws IOException {
        Files.writeString(folder.resolve("result.json"), "{\"fingerprint\":");
        assertEquals(Optional.empty(), new ResultFile(folder).finishedWith(fingerprint(0.25, PICTURE)));
    }

    @Test
    void aFolderThatMovedKeepsItsResult(@TempDir Path elsewhere) throws IOException {
        Path moved = Files.move(folder.resolve("latents.safetensors"), elsewhere.resolve("latents.safetensors"));
        Files.move(folder.resolve("result.json"), elsewhere.resolve("result.json"));
        InversionReport found = new ResultFile(elsewhere)
                .finishedWith(fingerprint(0.25, PICTURE))
                .orElseThrow();
        assertEquals(Map.of("latents", moved.toString()), found.paths());
    }

    @Test
    void aJsonLineHasTheFieldsThatProgramsReadInOneLine() throws IOException {
        String line = ResultFile.toJsonLine(report);
        assertEquals(1, line.lines().count());
        assertEquals(
                new ObjectMapper().readTree("""
                                {"image":"face.png","psnr":38.5,"lpips":0.03,"shares":{"F4":0.25,"W+":0.75},
                                 "seconds":21.5,"steps":400,"paths":{"latents":"%s"}}
                                """.formatted(folder.resolve("latents.safetensors"))),
                new ObjectMapper().readTree(line));
    }

    private static Fingerprint fingerprint(double tau, RgbImage picture) {
        return Fingerprint.of(picture, "faces64", "ab12", new InversionSettings("sam", tau, 400, 7), "released");
    }
}
