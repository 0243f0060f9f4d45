package org.saminversion.bench.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.saminversion.inversion.engine.BatchRun;
import org.saminversion.inversion.engine.InversionRequest;
import org.saminversion.inversion.engine.Quality;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.InversionMethod;

/**
 * Inverts the same pictures in several ways and measures each. Finished pictures are kept in the plan's folder and not done
 * again. Maps are measured once for all variants that need one; each is charged its time.
 */
public final class Comparison {
    private static final int CHUNK_STEPS = 20;

    private final SamEngine engine;
    private final ComparisonPlan plan;
    private final LongSupplier nanoTime;
    private final Consumer<String> progress;
    private final MeasurementStore store;
    private final EditRegion region;
    private final Set<String> warmed = new HashSet<>();

    private record TimedMap(InvertibilityMap map, double seconds) {}

    /** @param nanoTime a clock, and {@code progress} hears of every finished batch */
    public Comparison(SamEngine engine, ComparisonPlan plan, LongSupplier nanoTime, Consumer<String> progress) {
        this.engine = engine;
        this.plan = plan;
        this.nanoTime = nanoTime;
        this.progress = progress;
        this.store = new MeasurementStore(plan.folder());
        this.region = EditRegion.of(engine, plan.edit());
    }

    /** By variant in the plan's order, the pictures in theirs. Every batch is inverted in all ways before the next. */
    public Map<String, List<Measurement>> run() {
        Map<String, List<Measurement>> results = new LinkedHashMap<>();
        plan.variants().forEach(variant -> results.put(variant.name(), new ArrayList<>()));
        for (int from = 0; from < plan.pictures().size(); from += plan.batch()) {
            int until = Math.min(plan.pictures().size(), from + plan.batch());
            List<Picture> batch = plan.pictures().subList(from, until).stream()
                    .map(Picture::read)
                    .toList();
            Map<String, TimedMap> maps = new HashMap<>();
            for (Variant variant : plan.variants()) {
                results.get(variant.name()).addAll(run(variant, batch, maps));
                progress.accept(
                        variant.name() + ": " + until + " of " + plan.pictures().size());
            }
        }
        return results;
    }

    private List<Measurement> run(Variant variant, List<Picture> batch, Map<String, TimedMap> maps) {
        Map<String, Measurement> done = new HashMap<>();
        List<Picture> open = new ArrayList<>();
        for (Picture picture : batch) {
            store.find(variant, picture, fingerprint(variant, picture))
                    .ifPresentOrElse(found -> done.put(picture.key(), found), () -> open.add(picture));
        }
        if (!open.isEmpty()) {
            List<Measurement> measured = measure(variant, open, maps);
            for (int i = 0; i < open.size(); i++) {
                done.put(open.get(i).key(), measured.get(i));
                store.keep(variant, open.get(i), fingerprint(variant, open.get(i)), measured.get(i));
            }
        }
        return batch.stream().map(picture -> done.get(picture.key())).toList();
    }

    private String fingerprint(Variant variant, Picture picture) {
        return variant.fingerprint(engine.bundle(), plan.engineChoices(), picture) + ";" + plan.edit();
    }

    private List<Measurement> measure(Variant variant, List<Picture> batch, Map<String, TimedMap> maps) {
        InversionMethod method = engine.method(variant.settings());
        List<InversionRequest> requests = new ArrayList<>();
        for (Picture picture : batch) {
            Optional<InvertibilityMap> map = Optional.empty();
            if (method.needsMap()) {
                measureMaps(variant, batch, maps);
                map = Optional.of(maps.get(picture.key()).map());
            }
            requests.add(new InversionRequest(picture.image(), variant.settings(), map));
        }
        if (warmed.add(variant.name() + " " + batch.size())) {
            warm(requests);
        }
        long start = nanoTime.getAsLong();
        List<Latents> latents = new ArrayList<>();
        try (BatchRun run = engine.start(requests)) {
            while (run.step() < run.steps()) {
                run.advance(CHUNK_STEPS);
            }
            for (int i = 0; i < run.size(); i++) {
                latents.add(run.latents(i));
            }
        }
        double seconds = (nanoTime.getAsLong() - start) / 1e9 / batch.size();
        List<Measurement> measured = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            double mapSeconds = method.needsMap() ? maps.get(batch.get(i).key()).seconds() : 0;
            measured.add(
                    measurement(variant, batch.get(i), requests.get(i), method, latents.get(i), seconds + mapSeconds));
        }
        return measured;
    }

    /** The first run of a program compiles it, which is no part of a picture's time. */
    private void warm(List<InversionRequest> requests) {
        try (BatchRun run = engine.start(requests)) {
            run.advance(1);
        }
    }

    private void measureMaps(Variant variant, List<Picture> batch, Map<String, TimedMap> maps) {
        List<Picture> open = batch.stream()
                .filter(picture -> !maps.containsKey(picture.key()))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        long start = nanoTime.getAsLong();
        List<InvertibilityMap> measured = engine.measureInvertibility(
                open.stream().map(Picture::image).toList(), variant.settings(), (done, total, loss) -> {});
        double seconds = (nanoTime.getAsLong() - start) / 1e9 / open.size();
        for (int i = 0; i < open.size(); i++) {
            maps.put(open.get(i).key(), new TimedMap(measured.get(i), seconds));
        }
    }

    private Measurement measurement(
            Variant variant,
            Picture picture,
            InversionRequest request,
            InversionMethod method,
            Latents latents,
            double seconds) {
        RgbImage reconstruction = engine.render(latents);
        RgbImage edited = engine.edit(latents, List.of(plan.edit()));
        PngWriter.write(reconstruction, store.file(variant, picture, ".png"));
        PngWriter.write(edited, store.file(variant, picture, ".edited.png"));
        Quality quality = engine.quality(picture.image(), reconstruction);
        EditRegion.Change change = region.change(reconstruction, edited);
        Map<String, Double> shares = new TreeMap<>(method.shares());
        request.map().ifPresent(map -> {
            shares.clear();
            map.refine(variant.settings().tau())
                    .shares()
                    .forEach((space, share) -> shares.put(space.toString(), share));
        });
        return new Measurement(
                picture.label(),
                quality.psnrDecibel(),
                quality.lpips(),
                seconds,
                variant.settings().steps(),
                shares,
                change.inside(),
                change.outside());
    }
}
