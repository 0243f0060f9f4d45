package org.saminversion.bench.comparison;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A summary as Markdown, CSV and JSON. */
public final class SummaryText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SummaryText() {}

    /** A table for people. @param reference the method that differences are taken from */
    public static String markdown(List<SummaryRow> rows, String reference) {
        StringBuilder text = new StringBuilder("| method | PSNR dB | LPIPS | seconds | steps | spaces | edit response |"
                + " background change | PSNR − " + reference + " | LPIPS − " + reference + " |\n");
        text.append("|---|---|---|---|---|---|---|---|---|---|\n");
        for (SummaryRow row : rows) {
            text.append(String.join(
                            " | ",
                            "| " + row.method(),
                            row.psnr().toText(2),
                            row.lpips().toText(4),
                            number(2, row.seconds().mean()),
                            Integer.toString(row.steps()),
                            shares(row.shares()),
                            row.response().toText(4),
                            row.background().toText(4),
                            row.against().map(paired -> paired.psnr().toText(2)).orElse(""),
                            row.against()
                                    .map(paired -> paired.lpips().toText(4))
                                    .orElse("")))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String shares(Map<String, Double> shares) {
        return shares.entrySet().stream()
                .filter(share -> share.getValue() > 0)
                .map(share -> share.getKey() + " " + number(0, 100 * share.getValue()) + " %")
                .collect(Collectors.joining(", "));
    }

    private static String number(int decimals, double value) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** One line per method and picture. */
    public static String csv(Map<String, List<Measurement>> results) {
        StringBuilder text = new StringBuilder("method,picture,psnr_db,lpips,seconds,steps,response,background\n");
        results.forEach((method, measurements) -> measurements.forEach(each -> text.append(String.format(
                Locale.ROOT,
                "%s,\"%s\",%.4f,%.6f,%.4f,%d,%.6f,%.6f\n",
                method,
                each.picture().replace("\"", "\"\""),
                each.psnr(),
                each.lpips(),
                each.seconds(),
                each.steps(),
                each.response(),
                each.background()))));
        return text.toString();
    }

    /** One object: method to its means. */
    public static ObjectNode json(List<SummaryRow> rows) {
        ObjectNode root = JSON.createObjectNode();
        for (SummaryRow row : rows) {
            ObjectNode node = root.putObject(row.method());
            node.put("psnr", row.psnr().mean());
            node.put("lpips", row.lpips().mean());
            node.put("seconds", row.seconds().mean());
            node.put("psnr_standard_error", row.psnr().standardError());
            node.put("lpips_standard_error", row.lpips().standardError());
            node.put("steps", row.steps());
            node.put("response", row.response().mean());
            node.put("background", row.background().mean());
            ObjectNode shares = node.putObject("shares");
            row.shares().forEach(shares::put);
            row.against().ifPresent(paired -> {
                ObjectNode against = node.putObject("against_reference");
                against.put("psnr", paired.psnr().mean());
                against.put("psnr_standard_error", paired.psnr().standardError());
                against.put("lpips", paired.lpips().mean());
                against.put("lpips_standard_error", paired.lpips().standardError());
            });
        }
        return root;
    }
}
