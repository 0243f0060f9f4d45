package org.saminversion.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Waiting;
import org.saminversion.inversion.failure.JobFailure;

/**
 * How a machine optimises many images best: together in one program that has all threads, or in several programs side by side that
 * have one thread each. The ways take turns, one block of steps each, so that noise of the machine hits all.
 */
public final class ImagesBenchmark {
    /** Programs side by side, each for so many images with so many threads. */
    public record Way(int programs, int batch, int threads) {
        int images() {
            return programs * batch;
        }
    }

    /**
     * What to measure.
     *
     * @param size one of {@link BenchmarkLayout#SIZES}
     * @param images optimised at the same time, each number in all ways that divide it
     * @param threads of each way in all
     */
    public record Plan(int size, List<Integer> images, int threads, Waiting waiting, int blocks, int stepsPerBlock) {
        /** One program with all threads for each number, and as many programs as threads where the number divides. */
        List<Way> ways() {
            List<Way> ways = new ArrayList<>();
            for (int number : images) {
                ways.add(new Way(1, number, threads));
                if (threads > 1 && number % threads == 0) {
                    ways.add(new Way(threads, number / threads, 1));
                }
            }
            return ways;
        }
    }

    /**
     * What came out for one way.
     *
     * @param secondsPerImageStep wall time of a step divided by the images it moves, the median over the blocks
     * @param ratio to the first way, the median over the rounds of blocks
     */
    public record Result(Way way, double secondsPerImageStep, double fastest, double slowest, double ratio) {}

    private final LongSupplier nanoClock;
    private final Consumer<String> report;

    /** @param nanoClock a monotonic clock; @param report hears a line for each block */
    public ImagesBenchmark(LongSupplier nanoClock, Consumer<String> report) {
        this.nanoClock = nanoClock;
        this.report = report;
    }

    /** The results in the order of {@link Plan#ways()}. */
    public List<Result> run(Plan plan) {
        List<Way> ways = plan.ways();
        List<Programs> compiled = new ArrayList<>();
        List<List<Double>> seconds = new ArrayList<>();
        try {
            for (Way way : ways) {
                Programs programs = new Programs(plan, way);
                compiled.add(programs);
                seconds.add(new ArrayList<>());
                programs.secondsPerImageStep(2);
            }
            for (int block = 0; block < plan.blocks(); block++) {
                for (int i = 0; i < ways.size(); i++) {
                    double measured = compiled.get(i).secondsPerImageStep(plan.stepsPerBlock());
                    seconds.get(i).add(measured);
                    report.accept(
                            String.format("block %d, %s: %.4f s per image and step", block, ways.get(i), measured));
                }
            }
        } finally {
            compiled.forEach(Programs::close);
        }
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            List<Double> own = seconds.get(i);
            List<Double> ratios = new ArrayList<>();
            for (int block = 0; block < plan.blocks(); block++) {
                ratios.add(own.get(block) / seconds.get(0).get(block));
            }
            Blocks blocks = new Blocks(own);
            results.add(new Result(
                    ways.get(i), blocks.median(), blocks.fastest(), blocks.slowest(), new Blocks(ratios).median()));
        }
        return results;
    }

    /** The programs of one way, each with a Java thread that waits for it. */
    private final class Programs implements AutoCloseable {
        private final Way way;
        private final List<EngineSteps> programs = new ArrayList<>();
        private final ExecutorService waiting;

        Programs(Plan plan, Way way) {
            this.way = way;
            this.waiting =
                    Executors.newFixedThreadPool(way.programs(), action -> new Thread(action, "program of many"));
            BenchmarkLayout layout = BenchmarkLayout.of(plan.size());
            RuntimeOptions options = RuntimeOptions.withThreads(way.threads()).waiting(plan.waiting());
            for (int i = 0; i < way.programs(); i++) {
                programs.add(new EngineSteps(layout, way.batch(), options, nanoClock));
            }
        }

        double secondsPerImageStep(int steps) {
            List<Callable<Double>> runs = new ArrayList<>();
            programs.forEach(program -> runs.add(() -> program.secondsPerStep(steps)));
            long start = nanoClock.getAsLong();
            try {
                for (Future<Double> run : waiting.invokeAll(runs)) {
                    run.get();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new JobFailure.Transient("the measurement was interrupted", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
            return (nanoClock.getAsLong() - start) / 1e9 / steps / way.images();
        }

        @Override
        public void close() {
            waiting.shutdown();
            programs.forEach(EngineSteps::close);
        }
    }
}
