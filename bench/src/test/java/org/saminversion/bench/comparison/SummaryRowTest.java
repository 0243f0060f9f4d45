package org.saminversion.bench.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Means, their standard errors, and differences picture by picture. */
class SummaryRowTest {
    private static Measurement measured(String picture, double psnr, double lpips) {
        return new Measurement(picture, psnr, lpips, 2, 100, Map.of("W+", 1.0), 0.1, 0.01);
    }

    private static List<SummaryRow> rows() {
        Map<String, List<Measurement>> results = new LinkedHashMap<>();
        results.put("wplus", List.of(measured("a", 20, 0.5), measured("b", 22, 0.4), measured("c", 24, 0.6)));
        results.put("sam", List.of(measured("a", 23, 0.2), measured("b", 25, 0.1), measured("c", 27, 0.3)));
        return SummaryRow.of(results, "sam");
    }

    @Test
    void theStandardErrorIsThatOfTheMean() {
        Estimate psnr = rows().get(0).psnr();
        assertEquals(22, psnr.mean(), 1e-12);
        assertEquals(2 / Math.sqrt(3), psnr.standardError(), 1e-12);
        assertEquals(0, Estimate.of(List.of(5.0)).standardError());
    }

    /** The pictures differ much more than the methods: a paired difference does not see that. */
    @Test
    void differencesArePaired() {
        SummaryRow.Paired against = rows().get(0).against().orElseThrow();
        assertEquals(-3, against.psnr().mean(), 1e-12);
        assertEquals(0, against.psnr().standardError(), 1e-12);
        assertEquals(0.3, against.lpips().mean(), 1e-12);
        assertEquals(Optional.empty(), rows().get(1).against());
    }

    @Test
    void theTextsHoldTheNumbers() {
        assertTrue(
                SummaryText.markdown(rows(), "sam").contains("| wplus | 22.00 ± 1.15 | 0.5000 ± 0.0577 | 2.00 | 100 |"),
                SummaryText.markdown(rows(), "sam"));
        assertEquals(25, SummaryText.json(rows()).path("sam").path("psnr").asDouble(), 1e-12);
        assertEquals(
                "wplus,\"a\",20.0000,0.500000,2.0000,100,0.100000,0.010000",
                SummaryText.csv(Map.of("wplus", List.of(measured("a", 20, 0.5))))
                        .lines()
                        .toList()
                        .get(1));
    }
}
