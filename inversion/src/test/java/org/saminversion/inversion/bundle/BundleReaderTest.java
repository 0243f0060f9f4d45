package org.saminversion.inversion.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saminversion.inversion.direction.Convention;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.Fit;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.space.LayerRange;

class BundleReaderTest {
    @TempDir
    Path parent;

    @Test
    void whatIsWrittenIsReadAgain() {
        ModelBundle bundle = BundleReader.open(BundleFolder.create(parent, "tiny"));
        assertEquals(BundleFolder.description("tiny"), bundle.description());
        assertEquals(
                List.of(
                        "directions/tall.safetensors",
                        "generator.safetensors",
                        "perceptual.safetensors",
                        "statistics.safetensors"),
                List.copyOf(bundle.hashes().keySet()));
        assertTrue(Files.isRegularFile(bundle.generatorFile()));
    }

    @Test
    void everyKindSurvivesWritingAndReading() {
        BundleDescription tiny = BundleFolder.description("tiny");
        BundleDescription other = new BundleDescription(
                        "cars-512",
                        "v1.5",
                        "cars",
                        "see: the \"licence\" # of the weights",
                        "several\nlines",
                        new GeneratorDescription("g.safetensors", 512, 512, 512, 8, java.util.OptionalDouble.empty()),
                        ImageLayout.cars().withFit(Fit.LETTER_BOX),
                        List.of(
                                org.saminversion.inversion.space.LatentSpace.W_PLUS,
                                org.saminversion.inversion.space.LatentSpace.parse("F10")),
                        0,
                        10_000,
                        new PerceptualDescription.LpipsVgg("vgg.safetensors"),
                        new SegmenterDescription.Semantic(
                                SegmenterDescription.Semantic.Network.ONNX,
                                "segments.onnx",
                                256,
                                192,
                                List.of(0.485, 0.456, 0.406),
                                List.of(0.229, 0.224, 0.225),
                                new TreeMap<>(java.util.Map.of(102, 20, 83, 20))),
                        "statistics.safetensors",
                        List.of(new DirectionDescription(
                                "blue",
                                "blue.safetensors",
                                "blue",
                                new LayerRange(2, 9),
                                -5,
                                5,
                                Convention.RELATIVE,
                                DirectionDescription.Space.STYLE_CHANNELS)))
                .withEncoders(List.of(
                        new EncoderDescription(EncoderDescription.Kind.PSP, "p.safetensors", 256, 192),
                        new EncoderDescription(EncoderDescription.Kind.DELTAS, "d.safetensors", 512, 384)
                                .withQuality(new EncoderQuality(21.698, 2.125, 100))))
                .withClip(new ClipDescription("i.onnx", "t.onnx", "merges.txt", 224, 77, Optional.of("e.safetensors")));
        for (BundleDescription description : List.of(tiny, other)) {
            TreeMap<String, String> hashes = new TreeMap<>();
            description.files().forEach(file -> hashes.put(file, "ab".repeat(32)));
            byte[] text = BundleWriter.text(description, hashes).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            assertEquals(new BundleYaml.Contents(description, hashes), BundleYaml.parse(text));
        }
    }

    @Test
    void theBundlesHashFollowsItsFiles() throws IOException {
        Path folder = BundleFolder.create(parent, "tiny");
        String before = BundleReader.open(folder).sha256();
        BundleFolder.edit(folder, "default_steps: 12", "default_steps: 13");
        assertEquals(before, BundleReader.open(folder).sha256(), "defaults do not change the weights");
        Files.write(folder.resolve("generator.safetensors"), new byte[] {1});
        assertNotEquals(
                before,
                BundleWriter.write(folder, BundleFolder.description("tiny")).sha256());
    }

    @Test
    void aChangedFileIsNamedWithBothHashes() throws IOException {
        Path folder = BundleFolder.create(parent, "tiny");
        String expected = BundleReader.open(folder).hashes().get("perceptual.safetensors");
        Path file = folder.resolve("perceptual.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        String message = refused("bundle-invalid", folder);
        assertTrue(message.contains("perceptual.safetensors") && message.contains(expected), message);
        assertTrue(message.contains(Hashes.ofFile(file)), message);
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Path folder = BundleFolder.create(parent, "tiny");
        Files.delete(folder.resolve("directions/tall.safetensors"));
        assertTrue(refused("bundle-invalid", folder).contains("directions/tall.safetensors is missing"));
    }

    @Test
    void aFileWithoutHashIsNotTrusted() {
        Path folder = BundleFolder.create(parent, "tiny");
        BundleFolder.edit(folder, "file: generator.safetensors", "file: other.safetensors");
        assertTrue(refused("bundle-invalid", folder).contains("no SHA-256 for other.safetensors"));
    }

    @ParameterizedTest
    @CsvSource({"../outside", "/etc/hostname", "directions/../../outside", "'C:outside'", "'..\\outside'"})
    void noFileLeavesTheFolder(String name) throws IOException {
        Path folder = BundleFolder.create(parent, "tiny");
        Files.write(parent.resolve("outside"), new byte[] {1});
        BundleFolder.edit(
                folder,
                "  generator.safetensors:",
                "  '" + name + "': " + "ab".repeat(32) + "\n  generator.safetensors:");
        assertTrue(refused("bundle-invalid", folder).contains("outside the bundle's folder"));
    }

    @Test
    void noLinkLeavesTheFolder() throws IOException {
        Path folder = BundleFolder.create(parent, "tiny");
        Path file = folder.resolve("generator.safetensors");
        Files.move(file, parent.resolve("moved"));
        Files.createSymbolicLink(file, parent.resolve("moved"));
        assertTrue(refused("bundle-invalid", folder).contains("outside the bundle's folder"));
    }

    @Test
    void foldersWithoutABundleAreUnknown() {
        assertTrue(refused("bundle-unknown", parent).contains("has no bundle.yaml"));
        assertTrue(refused("bundle-unknown", parent.resolve("nowhere")).contains("is not a folder"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: stylegan2       | kind: stylegan9         | generator.kind is stylegan9; known are stylegan2 and biggan-deep",
                "kind: trunk           | kind: squeeze           | perceptual.kind is squeeze; known are trunk",
                "kind: graph           | kind: magic             | segmenter.kind is magic; known are graph, onnx,"
                        + " ade20k, bisenet",
                "format: 1             | format: 2               | format 2",
                "resolution: 16        | resolution: 24          | power of two",
                "resolution: 16        | resolution: sixteen     | generator.resolution must be a whole number",
                "default_tau: 0.3      | default_tau: nan        | default_tau must be a number",
                "default_tau: 0.3      | default_tau: 7          | default_tau must be from 0 to 2",
                "default_steps: 12     | default_steps: 0        | default_steps must be a whole number from 1",
                "category: tests       | kategory: tests         | category is missing",
                "version: \"7\"        | version: [7]            | version must be a text",
                "z_dim: 8              | z_dim: 8, y_dim: 3      | not YAML",
                "end: 3                | end: 99                 | directions[0].layers.end",
                "end: 3                | end: 1                  | not empty",
                "- F4                  | - F6                    | has no space F6",
                "- F4                  | - F3                    | an even layer of at least 2",
                "- F4                  | - F2                    | must rise",
                "name: tall            | name: ../tall           | a direction is named by",
                "fit: centre-crop      | fit: shrink             | centre-crop, letter-box, stretch",
                "conv_clamp: 256.0     | conv_clam: 256.0        | generator.conv_clam is not a field",
                "statistics: stat      | extra: 1               | statistics is missing"
            })
    void everyMistakeIsExplained(String part, String replacement, String message) {
        Path folder = BundleFolder.create(parent, "tiny");
        BundleFolder.edit(folder, part, replacement);
        String actual = refused("bundle-invalid", folder);
        assertTrue(actual.contains(message) && actual.contains("bundle.yaml"), actual);
    }

    @Test
    void whatIsNotYamlIsRefused() throws IOException {
        Path folder = BundleFolder.create(parent, "tiny");
        for (String text : List.of("", "a: [", "- 1", "just words", "\0\1\2")) {
            Files.writeString(folder.resolve("bundle.yaml"), text);
            refused("bundle-invalid", folder);
        }
    }

    @Test
    void theCatalogueListsAndOpensByName() {
        BundleFolder.create(parent, "tiny");
        BundleFolder.create(parent, "small");
        BundleCatalogue catalogue = new BundleCatalogue(parent);
        assertEquals(List.of("small", "tiny"), catalogue.names());
        assertEquals("tiny", catalogue.open("tiny").name());
        assertEquals(List.of(), new BundleCatalogue(parent.resolve("nowhere")).names());
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        BundleFolder.create(parent, "tiny");
        for (String name : List.of("huge", "../" + parent.getFileName() + "/tiny", "", ".")) {
            JobFailure.Rejected failure =
                    assertThrows(JobFailure.Rejected.class, () -> new BundleCatalogue(parent).open(name));
            assertEquals("bundle-unknown", failure.kind());
            assertTrue(failure.getMessage().contains("known are tiny"), failure.getMessage());
        }
    }

    @Test
    void aBundleUnderAnothersNameIsRefused() throws IOException {
        Files.move(BundleFolder.create(parent, "tiny"), parent.resolve("giant"));
        JobFailure.Rejected failure =
                assertThrows(JobFailure.Rejected.class, () -> new BundleCatalogue(parent).open("giant"));
        assertTrue(failure.getMessage().contains("calls itself tiny"), failure.getMessage());
    }

    private static String refused(String kind, Path folder) {
        JobFailure.Rejected failure = assertThrows(JobFailure.Rejected.class, () -> BundleReader.open(folder));
        assertEquals(kind, failure.kind(), failure.getMessage());
        return failure.getMessage();
    }
}
