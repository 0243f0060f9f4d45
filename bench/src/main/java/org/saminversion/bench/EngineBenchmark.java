package org.saminversion.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Waiting;

/**
 * Seconds per optimisation step of the engine, alone or in alternation with the peer program: noise of the machine then hits both.
 */
public final class EngineBenchmark {
    /**
     * What to measure.
     *
     * @param size one of {@link BenchmarkLayout#SIZES}
     * @param batch images in one program
     * @param spaces feature spaces with a delta, 0 to 4, coarsest first; the peer takes all
     * @param threads of the engine, and of the peer
     * @param waiting what the engine's threads do while they wait for each other
     * @param blocks timed blocks of steps
     * @param stepsPerBlock steps in each
     * @param peer the peer's script, if it takes part
     */
    public record Plan(
            int size,
            int batch,
            int spaces,
            int threads,
            Waiting waiting,
            int blocks,
            int stepsPerBlock,
            Optional<Path> peer) {}

    /**
     * What came out.
     *
     * @param secondsPerStep median over the blocks
     * @param slowest of the blocks
     * @param fastest of the blocks
     * @param ratio median over the pairs of blocks, engine by peer
     * @param gigaflops useful operations per second, in billions
     * @param memory in the order of the work
     */
    public record Result(
            Plan plan,
            double secondsPerStep,
            double fastest,
            double slowest,
            OptionalDouble peerSecondsPerStep,
            OptionalDouble ratio,
            double gigaflops,
            double gemmPeakGigaflops,
            List<MemoryStage> memory,
            OptionalDouble peerPeakMebibytes,
            double compileSeconds) {
        /** The largest resident memory of the whole work. */
        public double peakMebibytes() {
            return memory.stream().mapToDouble(MemoryStage::peak).max().orElse(0);
        }
    }

    private final LongSupplier nanoClock;
    private final Consumer<String> report;

    /** @param nanoClock a monotonic clock; @param report hears a line for each block */
    public EngineBenchmark(LongSupplier nanoClock, Consumer<String> report) {
        this.nanoClock = nanoClock;
        this.report = report;
    }

    public Result run(Plan plan) {
        BenchmarkLayout layout = BenchmarkLayout.of(plan.size()).withSpaces(plan.spaces());
        RuntimeOptions options = RuntimeOptions.withThreads(plan.threads()).waiting(plan.waiting());
        MemoryStages memory = new MemoryStages();
        double peak = GemmPeak.gigaflops(options, nanoClock);
        // The matrices lie outside of Java's heap, and would count as memory of the engine.
        System.gc();
        memory.end("start");
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        Optional<PeerSteps> peer = plan.peer().map(script -> new PeerSteps(script, layout, plan.threads()));
        try (EngineSteps engine = new EngineSteps(layout, plan.batch(), options, nanoClock, memory::end)) {
            engine.secondsPerStep(1);
            memory.end("first step");
            engine.secondsPerStep(1);
            peer.ifPresent(steps -> steps.secondsPerStep(1));
            for (int block = 0; block < plan.blocks(); block++) {
                ours.add(engine.secondsPerStep(plan.stepsPerBlock()));
                String line = String.format("block %d: %.4f s/step", block, ours.get(block));
                if (peer.isPresent()) {
                    theirs.add(peer.get().secondsPerStep(Math.max(1, plan.stepsPerBlock() / 3)));
                    line += String.format(
                            ", peer %.4f s/step, ratio %.3f", theirs.get(block), ours.get(block) / theirs.get(block));
                }
                report.accept(line);
            }
            memory.end("further steps");
            Blocks blocks = new Blocks(ours);
            double median = blocks.median();
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < theirs.size(); i++) {
                ratios.add(ours.get(i) / theirs.get(i));
            }
            return new Result(
                    plan,
                    median,
                    blocks.fastest(),
                    blocks.slowest(),
                    theirs.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(new Blocks(theirs).median()),
                    ratios.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(new Blocks(ratios).median()),
                    plan.batch() * UsefulWork.operations(layout) / median / 1e9,
                    Math.max(peak, GemmPeak.gigaflops(options, nanoClock)),
                    memory.stages(),
                    peer.map(steps -> OptionalDouble.of(steps.peakMebibytes())).orElse(OptionalDouble.empty()),
                    engine.compileSeconds());
        } finally {
            peer.ifPresent(PeerSteps::close);
        }
    }
}
