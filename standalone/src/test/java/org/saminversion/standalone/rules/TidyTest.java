package org.saminversion.standalone.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What we keep to in every file, with the reason and what to write instead. */
class TidyTest {
    private static final int LINES_MAX = 400;

    /** Something that main code must not contain. */
    private record Banned(String pattern, String reason, String instead) {}

    private static final List<Banned> BANNED = List.of(
            new Banned("Instant\\.now\\(\\)", "tests cannot set the time", "an injected java.time.InstantSource"),
            new Banned("System\\.currentTimeMillis\\(", "tests cannot set the time", "an injected InstantSource"),
            new Banned("LocalDateTime\\.now\\(\\)", "it depends on the time zone of the machine", "an InstantSource"),
            new Banned("new Random\\(\\)", "results could not be repeated", "an injected, seeded RandomGenerator"),
            new Banned("Math\\.random\\(", "results could not be repeated", "an injected, seeded RandomGenerator"),
            new Banned("Collections\\.shuffle\\(\\w+\\)", "results could not be repeated", "shuffle(list, random)"),
            new Banned("Thread\\.sleep\\(", "it makes tests slow and races likely", "a scheduler or a condition"),
            new Banned(
                    "Executors\\.new\\w+\\(\\d*\\)", "unnamed threads cannot be told apart", "a named ThreadFactory"),
            new Banned("\\.printStackTrace\\(\\)", "nobody reads it there", "the failure in a message or the log"),
            new Banned("new RuntimeException\\(", "it says nothing to the caller", "a JobFailure or a precise type"),
            new Banned("throw new (Error|Exception)\\(", "it says nothing to the caller", "a precise type"),
            new Banned("ObjectInputStream", "reading it executes foreign code", "safetensors or JSON"),
            new Banned("@SuppressWarnings\\(\"all\"\\)", "it hides everything", "the name of the one warning"),
            new Banned("(?i)\\b(TODO|FIXME|XXX)\\b", "unfinished work is forgotten", "finish it or file it"));

    @Test
    void mainCodeAvoidsWhatIsBanned() {
        List<String> found = new ArrayList<>();
        for (Path file : Project.mainSources()) {
            String[] lines = Project.read(file).split("\n");
            for (int i = 0; i < lines.length; i++) {
                for (Banned banned : BANNED) {
                    if (Pattern.compile(banned.pattern).matcher(lines[i]).find()) {
                        found.add(Project.name(file) + ":" + (i + 1) + " contains " + banned.pattern + ": "
                                + banned.reason + "; use " + banned.instead);
                    }
                }
            }
        }
        assertNothing(found);
    }

    @Test
    void javaFilesStayReadable() {
        List<String> found = new ArrayList<>();
        for (Path file : Project.filesEndingWith(".java")) {
            long lines = Project.read(file).lines().count();
            if (lines > LINES_MAX) {
                found.add(Project.name(file) + " has " + lines + " lines, more than " + LINES_MAX
                        + ": give its second subject a class of its own");
            }
        }
        assertNothing(found);
    }

    @Test
    void everyMarkdownFileHasOneTitle() {
        List<String> found = new ArrayList<>();
        for (Path file : Project.filesEndingWith(".md")) {
            // What looks like a title inside a code block is a comment of a shell script.
            String text = Project.read(file).replaceAll("(?ms)^```.*?^```", "");
            long titles = text.lines().filter(line -> line.startsWith("# ")).count();
            if (titles != 1) {
                found.add(Project.name(file) + " has " + titles + " lines that begin with '# ' instead of one");
            }
        }
        assertNothing(found);
    }

    @Test
    void linksBetweenMarkdownFilesLeadSomewhere() {
        Pattern link = Pattern.compile("\\]\\((?!https?:|mailto:|#)([^)#\\s]+)(#[^)]*)?\\)");
        List<String> found = new ArrayList<>();
        for (Path file : Project.filesEndingWith(".md")) {
            Matcher matcher = link.matcher(Project.read(file));
            while (matcher.find()) {
                if (!file.resolveSibling(matcher.group(1)).toFile().exists()) {
                    found.add(Project.name(file) + " links to " + matcher.group(1) + ", which does not exist");
                }
            }
        }
        assertNothing(found);
    }

    @Test
    void noFileNamesAFolderOfOneMachine() {
        Pattern machine = Pattern.compile(
                "(^|[\\s\"'(=:])/(home/\\w+|root|work|Users/\\w+)/|[A-Z]:\\\\\\\\Users", Pattern.MULTILINE);
        List<String> found = new ArrayList<>();
        for (Path file : Project.filesEndingWith(
                ".java", ".md", ".xml", ".yaml", ".yml", ".properties", ".sql", ".html", ".json", "/sam", ".txt")) {
            Matcher matcher = machine.matcher(Project.read(file));
            if (matcher.find()) {
                found.add(Project.name(file) + " names " + matcher.group().strip());
            }
        }
        assertNothing(found);
    }

    @Test
    void everyModuleSaysWhatItIs() {
        List<String> found = new ArrayList<>();
        for (Path pom : Project.filesEndingWith("/pom.xml")) {
            Path readme = pom.resolveSibling("README.md");
            boolean holdsSomething = pom.resolveSibling("src").toFile().exists();
            if (holdsSomething && !readme.toFile().exists()) {
                found.add(Project.name(readme) + " is missing: say in 10 to 20 lines what the module holds");
            }
        }
        assertNothing(found);
    }

    @Test
    void theBannedCallsAreReallyFound() {
        String line = "        Instant start = Instant.now();";
        assertTrue(BANNED.stream()
                .anyMatch(
                        banned -> Pattern.compile(banned.pattern).matcher(line).find()));
        assertTrue(Project.mainSources().size() > 10, "the sources are where the test looks");
    }

    private static void assertNothing(List<String> found) {
        assertEquals("", String.join("\n", found));
    }
}
