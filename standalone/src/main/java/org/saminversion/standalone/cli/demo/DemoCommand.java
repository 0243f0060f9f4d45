package org.saminversion.standalone.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.method.MapSource;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.OutputFolder;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.options.BundleOption;
import org.saminversion.standalone.cli.options.SettingsOptions;
import org.saminversion.standalone.cli.serve.DataOption;
import org.saminversion.standalone.picture.InversionSheet;
import org.saminversion.standalone.serve.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows everything at work: starts the service, submits a photograph over HTTP and draws what comes back. */
@Command(
        name = "demo",
        description = "Run the whole service, invert and edit an image through it, and show the result.")
public final class DemoCommand implements Callable<Integer> {
    private static final String DIRECTION = "smile";
    private static final List<Double> STRENGTHS = List.of(-1.0, 1.0);

    @ParentCommand
    private Program sam;

    @Parameters(
            arity = "0..1",
            paramLabel = "PHOTO",
            description = "An image file. Default: the sample of the project.")
    private Optional<Path> photo = Optional.empty();

    @Mixin
    private BundleOption bundle;

    @Mixin
    private SettingsOptions settings;

    @Mixin
    private DataOption data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/demo",
            description = "Where the results go. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--keep", description = "Leave the service running afterwards, until Ctrl-C.")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        Instant start = sam.console().clock().instant();
        Path file = photo.orElseGet(() -> sam.home().samples().resolve("face.png"));
        RgbImage photograph = ImageReader.read(file);
        OutputFolder.ready(out);
        ModelBundle model = bundle.find(sam);
        // Predicted maps choose deep spaces too readily for edits that one looks at.
        settings.usualMap(MapSource.MEASURED);
        InversionSettings chosen = settings.toSettings(model.description());

        sam.console().note("starting the service: gateway, two workers, Kafka and PostgreSQL");
        try (Service service = Service.start(data.onLoopback(sam, 0))) {
            InversionClient client = new InversionClient(service.address());
            URI inversion = client.submit(form(file, model, chosen));
            sam.console().note("submitted " + file + " as " + inversion);
            follow(client, inversion);
            draw(client, inversion, model.description().layout().fullSize(photograph), start);
            if (keep) {
                sam.console().note("The service is still there: " + service.address() + ". Stop it with Ctrl-C.");
                service.awaitStop();
            }
        }
        return ExitCode.SUCCESS;
    }

    private static MultipartForm form(Path file, ModelBundle model, InversionSettings settings) throws IOException {
        StringBuilder edits = new StringBuilder();
        for (double strength : STRENGTHS) {
            edits.append(edits.isEmpty() ? "[" : ",")
                    .append("{\"direction\":\"" + DIRECTION + "\",\"strength\":" + strength + "}");
        }
        return new MultipartForm()
                .file("image", String.valueOf(file.getFileName()), Files.readAllBytes(file))
                .text("bundle", model.name())
                .text("method", settings.method())
                .text("tau", String.valueOf(settings.tau()))
                .text("steps", String.valueOf(settings.steps()))
                .text("seed", String.valueOf(settings.seed()))
                .text(
                        "settings",
                        new ObjectMapper().writeValueAsString(settings.chosen().chosen()))
                .text("edits", edits + "]");
    }

    /** Shows progress until the inversion is over. @throws JobFailure if it did not succeed */
    private void follow(InversionClient client, URI inversion) throws IOException, InterruptedException {
        try (StageProgress progress = new StageProgress(sam.console())) {
            client.follow(inversion, progress::show);
        }
        JsonNode end = client.get(inversion);
        if (!end.path("state").asText().equals("SUCCEEDED")) {
            JsonNode failure = end.path("failure");
            throw new JobFailure.Rejected(
                    failure.path("kind").asText("inversion-failed"),
                    "the inversion ended as " + end.path("state").asText() + ": "
                            + failure.path("detail").asText("no reason is known"));
        }
    }

    private void draw(InversionClient client, URI inversion, RgbImage photograph, Instant start)
            throws IOException, InterruptedException {
        JsonNode result = client.get(inversion);
        Map<String, Double> shares = new TreeMap<>();
        result.path("shares")
                .properties()
                .forEach(share -> shares.put(share.getKey(), share.getValue().asDouble()));
        RgbImage reconstruction = client.picture(inversion, "reconstruction.png");
        PngWriter.write(reconstruction, out.resolve("reconstruction.png"));
        InversionSheet sheet = new InversionSheet(photograph);
        if (result.path("artefacts").findValuesAsText("name").contains("map.png")) {
            RgbImage map = client.picture(inversion, "map.png");
            PngWriter.write(map, out.resolve("map.png"));
            sheet.map(map, shares);
        }
        sheet.add("reconstruction", reconstruction);
        for (int i = 0; i < STRENGTHS.size(); i++) {
            RgbImage edited = client.picture(inversion, "edit-" + i + ".png");
            String label = String.format(Locale.ROOT, "%s %+.1f", DIRECTION, STRENGTHS.get(i));
            PngWriter.write(edited, out.resolve(label.replace(' ', '-') + ".png"));
            sheet.add(label, edited);
        }
        String quality = String.format(
                Locale.ROOT,
                "PSNR %.1f dB, LPIPS %.3f, %d steps",
                result.path("metrics").path("psnrDecibel").asDouble(),
                result.path("metrics").path("lpips").asDouble(),
                result.path("steps").asInt());
        Path picture = out.resolve("sheet.png");
        PngWriter.write(sheet.note(quality).draw(), picture);
        sam.console().out().println(picture);
        sam.console().out().println(quality + ", spaces " + spaces(shares));
        double seconds =
                Duration.between(start, sam.console().clock().instant()).toMillis() / 1000.0;
        sam.console().note(String.format(Locale.ROOT, "done in %.1f s", seconds));
    }

    private static String spaces(Map<String, Double> shares) {
        StringBuilder text = new StringBuilder();
        shares.forEach((space, share) -> {
            if (share > 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(String.format(Locale.ROOT, "%s %.0f %%", space, 100 * share));
            }
        });
        return text.toString();
    }
}
