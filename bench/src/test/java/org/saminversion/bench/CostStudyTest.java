package org.saminversion.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class CostStudyTest {
    private final List<CostStudy.Point> asked = new ArrayList<>();
    private final CostStudy study = new CostStudy(List.of(), this::measured, results -> {});

    private JsonNode measured(CostStudy.Point point) {
        asked.add(point);
        return new ObjectMapper()
                .createObjectNode()
                .put("size", point.size())
                .put("batch", point.batch())
                .put("spaces", point.spaces())
                .put("threads", point.threads())
                .put("seconds_per_step", point.size() * point.batch() / 1000.0)
                .put("gflops", 100)
                .put("peak_rss_mib", point.size() + point.spaces());
    }

    @Test
    void everyPointIsMeasuredOnceAndHasARow() {
        assertEquals(asked.size(), asked.stream().distinct().count());
        assertEquals(asked.size(), study.results().size());
        String table = study.table();
        assertEquals(asked.size() + 2, table.lines().count());
        assertTrue(table.contains("| 512 | 1 | 4 | 2 | 0.512 | 100 | 516 |"), table);
        assertTrue(table.contains("| 64 | 8 | 4 | 2 | 0.512 | 100 | 68 |"), table);
    }

    @Test
    void thePlotIsAPictureWithOneBarForEachPointOfEachSeries() throws Exception {
        Document picture = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(study.plot())));
        int bars = 2 * (5 + 4 + 5 + 2);
        assertEquals(bars + 1, picture.getElementsByTagName("rect").getLength());
    }

    @Test
    void aStudyThatWasCutOffMeasuresOnlyWhatIsMissing() {
        List<List<JsonNode>> kept = new ArrayList<>();
        asked.clear();
        CostStudy resumed = new CostStudy(study.results().subList(0, 7), this::measured, kept::add);
        assertEquals(study.results().size() - 7, asked.size());
        assertEquals(study.results(), resumed.results());
        assertEquals(study.results(), kept.get(kept.size() - 1));
    }
}
