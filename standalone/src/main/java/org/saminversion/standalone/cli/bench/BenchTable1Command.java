package org.saminversion.standalone.cli.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.saminversion.bench.comparison.Measurement;
import org.saminversion.bench.comparison.SummaryRow;
import org.saminversion.bench.comparison.SummaryText;
import org.saminversion.bench.comparison.Variant;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.options.OpenBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The paper's Table 1 on any bundle. */
@Command(
        name = "table1",
        description = "Compare inversion methods on the same images: a row for each, as in the paper's Table 1.")
final class BenchTable1Command implements Callable<Integer> {
    private static final String ALL = "all";
    private static final String REFERENCE = "sam";
    private static final List<String> ROWS = List.of(
            "stylegan2-w",
            "stylegan2-wplus",
            "gaussian-prior",
            "hybrid",
            "pivotal-tuning",
            "sam",
            "sam-encoder-start",
            "e4e",
            "restyle-psp",
            "restyle-e4e",
            "sam-encoder");

    @ParentCommand
    private BenchCommand bench;

    @Mixin
    private ComparisonOptions options;

    @Option(
            names = "--methods",
            paramLabel = "NAME",
            split = ",",
            defaultValue = ALL,
            description = "Methods (see: sam methods), or all rows of the table that the bundle can do. Default: all.")
    private List<String> methods;

    @Override
    public Integer call() throws Exception {
        Console console = bench.console();
        try (OpenBundle opened = options.open(bench)) {
            List<Variant> variants = options.variants(methods.equals(List.of(ALL)) ? ROWS : methods, opened, console);
            List<NamedPicture> pictures = options.pictures();
            Map<String, List<Measurement>> results =
                    options.comparison(variants, pictures, opened, console).run();
            List<SummaryRow> rows = new ComparisonReport(options.out(), REFERENCE).write("table1", results, pictures);
            console.out().print(SummaryText.markdown(rows, REFERENCE));
            if (options.json()) {
                console.out().println(SummaryText.json(rows));
            }
        }
        return ExitCode.SUCCESS;
    }
}
