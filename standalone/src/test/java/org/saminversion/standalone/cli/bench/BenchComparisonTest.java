package org.saminversion.standalone.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.standalone.cli.CommandRun;
import org.saminversion.standalone.rules.Project;

/** Comparisons of methods with the bundle that ships, a few steps at a time. */
class BenchComparisonTest {
    private static final Path FACE = Project.root().resolve("samples/face.png");

    @TempDir
    private Path folder;

    @BeforeAll
    static void theModelsAreThoseOfTheProject() {
        System.setProperty("sam.home", Project.root().toString());
    }

    @Test
    void tableOneHasARowPerMethodAndGoesOnWhereItStopped() throws IOException {
        CommandRun run = table("--methods=stylegan2-w,wplus,restyle-psp");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.err().contains("restyle-psp: left out, the bundle has no encoder for it"), run.err());
        JsonNode table = lastLine(run);
        assertEquals(2, table.size(), run.out());
        for (String method : List.of("stylegan2-w", "wplus")) {
            for (String field : List.of("psnr", "lpips", "seconds")) {
                assertTrue(table.path(method).path(field).asDouble() > 0, method + " " + field);
            }
        }
        for (String ending : List.of("md", "csv", "json", "png")) {
            assertTrue(Files.size(folder.resolve("table1." + ending)) > 0, ending);
        }
        Path kept = folder.resolve("wplus/face.json");
        String psnr = table.path("wplus").path("psnr").asText();
        Files.writeString(kept, Files.readString(kept).replace(psnr, "99.0"));
        assertEquals(
                99,
                lastLine(table("--methods=wplus")).path("wplus").path("psnr").asDouble());
        assertEquals(
                psnr,
                lastLine(table("--methods=wplus", "--seed=1"))
                        .path("wplus")
                        .path("psnr")
                        .asText());
        JsonNode faster = lastLine(table("--methods=e4e,wplus", "--set=learning-rate=0.5"));
        assertNotEquals(psnr, faster.path("wplus").path("psnr").asText());
        assertTrue(faster.has("e4e"), "methods without the setting are as they were: " + faster);
    }

    @Test
    void figureThreeAndSevenWriteTheirPlots() throws IOException {
        CommandRun seven = run("fig7", "--methods=wplus", "--moments=0,2,9");
        assertEquals(0, seven.exitCode(), seven.err());
        JsonNode curve = lastLine(seven).path("wplus");
        assertEquals(2, curve.size(), "steps beyond the end are left out: " + seven.out());
        assertTrue(curve.path(1).path("seconds").asDouble()
                > curve.path(0).path("seconds").asDouble());
        JsonNode again =
                lastLine(run("fig7", "--methods=wplus", "--moments=0,2,9")).path("wplus");
        assertEquals(curve, again, "finished curves are kept, with the seconds that they took");
        CommandRun three = run("fig3");
        assertEquals(0, three.exitCode(), three.err());
        assertEquals(List.of("wplus", "F2", "F4", "F6"), names(lastLine(three)));
        for (String file : List.of("fig3-psnr.svg", "fig3-response.svg", "fig7-psnr.svg", "fig7-lpips.svg")) {
            assertTrue(Files.readString(folder.resolve(file)).endsWith("</svg>\n"), file);
        }
    }

    @Test
    void waysOfOptimisingAreComparedWithAReferenceThatIsKept() throws IOException {
        Path reference = folder.resolve("reference.json");
        CommandRun first = optimizer(reference, "--optimizers=REFERENCE,QUASI_NEWTON", "--set=start=0");
        assertEquals(0, first.exitCode(), first.err());
        assertTrue(first.err().contains("reference: photographs 0 to 0"), first.err());
        JsonNode same = lastLine(first).path("ways").path(0);
        assertEquals(1, same.path("loss_ratio").asDouble(), "the reference against itself: " + same);
        assertEquals(0, same.path("end_worse").asInt());

        CommandRun second =
                optimizer(reference, "--methods=sam-encoder-start", "--optimizers=QUASI_NEWTON", "--set=memory=2");
        assertFalse(second.err().contains("reference: photographs"), second.err());
        JsonNode way = lastLine(second).path("ways").path(0);
        assertEquals("sam-encoder-start", way.path("method").asText());
        assertTrue(way.path("loss_ratio").asDouble() > 0, way.toString());
    }

    private static CommandRun optimizer(Path reference, String... options) {
        return CommandRun.of(Stream.concat(
                        Stream.of(
                                "bench",
                                "optimizer",
                                "--images=" + FACE,
                                "--reference-steps=3",
                                "--reference=" + reference,
                                "--steps=3",
                                "--clock=PROCESSOR",
                                "--json"),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    @Test
    void theListOfMethodsNamesEverySetting() {
        CommandRun run = CommandRun.of("methods");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("pivotal-tuning  "), run.out());
        assertTrue(run.out().contains("--set locality-radius=30.0"), run.out());
        assertFalse(run.out().contains("null"), run.out());
    }

    @Test
    void wrongUsageIsToldBeforeAnyWork() {
        assertUsage("no method 'magic'", table("--methods=magic"));
        assertUsage("--limit", table("--methods=wplus", "--limit=0"));
        assertUsage("--batch", table("--methods=wplus", "--batch=0"));
        assertUsage("none of these methods has a setting 'speed'", table("--methods=wplus", "--set=speed=2"));
        assertUsage("learning-rate must be", table("--methods=wplus", "--set=learning-rate=-1"));
        assertUsage("no direction", table("--methods=wplus", "--direction=none"));
        assertUsage("has no setting 'speed'", CommandRun.of("invert", FACE.toString(), "--set", "speed=2"));
        assertUsage(
                "needs an encoder",
                CommandRun.of("invert", FACE.toString(), "--method=restyle-psp", "--out=" + folder));
    }

    private CommandRun table(String... options) {
        return run("table1", options);
    }

    private CommandRun run(String command, String... options) {
        return CommandRun.of(Stream.concat(
                        Stream.of("bench", command, "--images=" + FACE, "--steps=2", "--json", "--out=" + folder),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    private static JsonNode lastLine(CommandRun run) throws IOException {
        List<String> lines = run.out().lines().toList();
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(entry -> entry.getKey()).toList();
    }

    private static void assertUsage(String reason, CommandRun run) {
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains(reason), run.err());
    }
}
