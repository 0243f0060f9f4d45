package org.saminversion.gateway.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.batch.BatchFormat;

/** Manifests that are text: what good lines say, and that a wrong line says why and leaves the others alone. */
class ManifestTest {
    @Test
    void aRowOfCsvNamesItsPictureAndItsSettings() throws IOException {
        assertEquals(
                List.of(
                        "2 a https://example.org/a.png {\"tau\":0.5,\"steps\":20}",
                        "4 https://example.org/b.png https://example.org/b.png"
                                + " {\"settings\":{\"lpips\":2},\"edits\":[{\"direction\":\"smile\",\"strength\":1}]}"),
                read(BatchFormat.CSV, """
                        customId,url,tau,steps,settings,edits
                        a,https://example.org/a.png,0.5,20,,

                        ,https://example.org/b.png,,,"{""lpips"":2}","[{""direction"":""smile"",""strength"":1}]"
                        """));
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t"})
    void spreadsheetsOfOtherCountriesSeparateOtherwise(String delimiter) throws IOException {
        assertEquals(
                List.of("2 x,y https://example.org/a {}"),
                read(
                        BatchFormat.CSV,
                        "customId,url\r\nx§y,https://example.org/a\r\n"
                                .replace(",", delimiter)
                                .replace('§', ',')));
    }

    @Test
    void aWrongLineLeavesTheOthersAlone() throws IOException {
        List<String> lines = read(BatchFormat.CSV, """
                customId,url
                a,https://example.org/1
                b,"https://example.org/2
                c,https://example.org/3,extra
                d,"https://example.org/4"x
                e"e,https://example.org/5
                f,ftp://example.org/6
                g,https://user:secret@example.org/7
                h,
                i,https://exa mple.org/9
                j,https://example.org/10
                """);
        assertEquals(
                List.of(
                        "2 a https://example.org/1 {}",
                        "3 - A quote is not closed on its line (column 3 of the line).",
                        "4 - The line has 3 cells, but the header names 2.",
                        "5 - Text follows a closing quote (column 26 of the line).",
                        "6 - A cell with a quote must stand in quotes, with the quote doubled (column 1 of the line).",
                        "7 f A url begins with https:// or http:// and a host.",
                        "8 g A url must not carry a user or a password: they would be kept with the batch.",
                        "9 h A row names either a file or a url.",
                        "10 i This is not a url: Illegal character in authority at character 9.",
                        "11 j https://example.org/10 {}"),
                lines);
    }

    @ParameterizedTest
    @CsvSource({
        "'url,when', 'there is no column \"when\"'",
        "'url,url', 'names a column twice'",
        "'https://example.org/a', 'there is no column'",
    })
    void aHeaderThatIsNoneRefusesTheManifest(String header, String reason) {
        JobFailure.Rejected refused = assertThrows(
                JobFailure.Rejected.class, () -> read(BatchFormat.CSV, header + "\nhttps://example.org/a\n"));
        assertEquals("line-malformed", refused.kind());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @Test
    void jsonLinesSayTheSame() throws IOException {
        assertEquals(
                List.of(
                        "1 ä https://example.org/a {\"steps\":5}",
                        "3 - The JSON is wrong",
                        "4 - The JSON is wrong",
                        "5 - A line must be a JSON object",
                        "6 - The JSON is wrong",
                        "7 - customId must be a text.",
                        "8 n Only the manifest of an archive can name a file; name a url instead.",
                        "9 - A customId must not have control characters or halves of characters.",
                        "10 b https://example.org/b {}"),
                read(BatchFormat.JSONL, """
                        {"customId": "ä", "url": "https://example.org/a", "steps": 5}

                        {"customId": "x", "url": "https://example.org/a"
                        {"url": "https://example.org/a", "url": "https://example.org/b"}
                        []
                        {"url": "https://example.org/a"} {"url": "https://example.org/b"}
                        {"customId": 7, "url": "https://example.org/a"}
                        {"customId": "n", "file": "../../secret"}
                        {"customId": "a\\u0000b", "url": "https://example.org/a"}
                        {"customId": "b", "url": "https://example.org/b"}
                        """).stream()
                        .map(line -> line.replaceAll("(The JSON is wrong|must be a JSON object).*", "$1"))
                        .toList());
    }

    @Test
    void aListOfUrlsMayHaveComments() throws IOException {
        assertEquals(
                List.of(
                        "2 https://example.org/a https://example.org/a {}",
                        "3 - This is not a url: " + "Expected scheme name at character 1."),
                read(BatchFormat.URLS, "# from the shop\nhttps://example.org/a\n:\n"));
    }

    @Test
    void aMarkAtTheStartIsNoPartOfTheFirstColumn() throws IOException {
        assertEquals(
                List.of("2 https://example.org/a https://example.org/a {}"),
                read(BatchFormat.CSV, "\uFEFFurl\nhttps://example.org/a"));
    }

    @Test
    void otherEncodingsAreSaidToBeThat() throws IOException {
        JobFailure.Rejected utf16 = assertThrows(
                JobFailure.Rejected.class,
                () -> CatalogueText.read(
                        BatchFormat.CSV, "url\nhttps://example.org/a".getBytes(StandardCharsets.UTF_16)));
        assertTrue(utf16.getMessage().contains("UTF-16"), utf16.getMessage());

        assertEquals(
                List.of(
                        "2 - The line is not UTF-8 text. Save the file with the encoding UTF-8.",
                        "3 b https://example.org/b {}"),
                CatalogueText.read(
                        BatchFormat.CSV,
                        "customId,url\nbär,https://example.org/a\nb,https://example.org/b"
                                .getBytes(Charset.forName("windows-1252"))));
        assertEquals(
                List.of("2 - The line holds control characters, so it is not text."),
                read(BatchFormat.CSV, "url\nhttps://example.org/\0a"));
    }

    @Test
    void aLineThatIsTooLongIsSkippedToItsEnd() throws IOException {
        String huge = "x".repeat(TextLines.LINE_BYTES_MAX + 1);
        assertEquals(
                List.of(
                        "2 - The line has " + (TextLines.LINE_BYTES_MAX + 1) + " bytes; at most "
                                + TextLines.LINE_BYTES_MAX + " are read.",
                        "3 https://example.org/a https://example.org/a {}"),
                read(BatchFormat.CSV, "url\n" + huge + "\nhttps://example.org/a"));
    }

    @Test
    void namesHaveALimit() throws IOException {
        String name = "n".repeat(CustomIds.LENGTH_MAX);
        List<String> lines = read(
                BatchFormat.CSV,
                "customId,url\n" + name + ",https://example.org/a\n" + name + "n,https://example.org/b\n");
        assertTrue(lines.get(0).startsWith("2 n"), lines.toString());
        assertTrue(lines.get(1).startsWith("3 - A customId has 1 to 200 characters, not 201"), lines.toString());
    }

    private static List<String> read(BatchFormat format, String text) throws IOException {
        return CatalogueText.read(format, text.getBytes(StandardCharsets.UTF_8));
    }
}
