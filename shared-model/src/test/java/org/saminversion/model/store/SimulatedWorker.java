package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.Failure;
import org.saminversion.model.JobId;
import org.saminversion.model.Lane;
import org.saminversion.model.LossRecord;
import org.saminversion.model.Topics;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.store.SimulationFigures.Happening;

/** One slot of a worker, doing what the workers do, one small piece at a time. */
final class SimulatedWorker {
    private static final double CRASH = 0.03;
    private static final double FREEZE = 0.03;
    private static final int FREEZE_SECONDS_MAX = 60;
    private static final int STEPS_MAX = 3;

    private final String name;
    private final Stage stage;
    private final SimulatedService service;
    private final RandomGenerator random;
    private Instant frozenUntil = Instant.MIN;
    private Optional<Task> task = Optional.empty();

    SimulatedWorker(String name, Stage stage, SimulatedService service, RandomGenerator random) {
        this.name = name;
        this.stage = stage;
        this.service = service;
        this.random = random;
    }

    /** A job in hand. */
    private record Task(SimulatedQueue.Held message, Lease lease, SimulatedOptimisation run, List<LossRecord> untold) {}

    boolean isIdle() {
        return task.isEmpty();
    }

    /** Does the next piece of work, or meets its fate. */
    void act() {
        if (service.clock().instant().isBefore(frozenUntil)) {
            return;
        }
        if (task.isPresent() && service.faults().strike(CRASH)) {
            service.figures().count(Happening.WORKER_CRASHED);
            if (random.nextBoolean()) {
                service.queue().release(task.get().message());
            }
            task = Optional.empty();
        } else if (task.isPresent() && service.faults().strike(FREEZE)) {
            service.figures().count(Happening.WORKER_FROZE);
            frozenUntil = service.clock().instant().plusSeconds(random.nextInt(FREEZE_SECONDS_MAX));
        } else if (task.isPresent()) {
            goOn(task.get());
        } else {
            take().ifPresent(this::begin);
        }
    }

    private Optional<SimulatedQueue.Held> take() {
        JobState waiting = stage == Stage.MAP ? JobState.QUEUED : JobState.READY;
        return service.queue()
                .take(Topics.requests(waiting, Lane.INTERACTIVE))
                .or(() -> service.queue().take(Topics.requests(waiting, Lane.BULK)));
    }

    private void begin(SimulatedQueue.Held message) {
        JobId id = JobId.parse(message.entry().body()).orElseThrow();
        try {
            Claim claim = service.faults().call(() -> service.claim(id, stage, name, message.isRedelivery()));
            if (!(claim instanceof Claim.Taken taken)) {
                service.queue().accept(message);
                return;
            }
            task = Optional.of(new Task(message, taken.lease(), open(taken), new ArrayList<>()));
        } catch (LeaseLost e) {
            service.queue().accept(message);
        } catch (SimulatedFaults.NoAnswer e) {
            service.queue().release(message);
        }
    }

    private SimulatedOptimisation open(Claim.Taken taken) {
        if (stage == Stage.MAP) {
            return SimulatedOptimisation.start(0);
        }
        Optional<Checkpoint> checkpoint = service.faults()
                .call(() -> service.work().inputs(taken.job().id()))
                .checkpoint();
        SimulatedOptimisation run = checkpoint
                .map(SimulatedOptimisation::resume)
                .orElseGet(
                        () -> SimulatedOptimisation.start(taken.job().settings().seed()));
        if (checkpoint.isPresent()) {
            service.figures().count(Happening.RUN_RESUMED);
        }
        if (taken.job().step() > 0) {
            service.faults().call(() -> service.work().rewindTo(taken.lease(), run.step()));
        }
        return run;
    }

    private void goOn(Task now) {
        boolean locked = service.queue().renew(now.message());
        try {
            Pulse pulse = tolerated(() -> service.work().heartbeat(now.lease())).orElse(Pulse.GO_ON);
            if (pulse == Pulse.CANCEL) {
                service.faults().call(() -> service.work().confirmCancel(now.lease()));
                end(now);
            } else if (pulse == Pulse.LOST) {
                end(now);
            } else if (!locked) {
                service.faults().call(() -> service.work().handBack(now.lease()));
                end(now);
            } else {
                work(now);
            }
        } catch (LeaseLost e) {
            service.figures().count(Happening.LATE_WRITE_REFUSED);
            end(now);
        } catch (SimulatedFaults.NoAnswer e) {
            retryLater(now);
        }
    }

    private void work(Task now) {
        if (stage == Stage.MAP) {
            Content map = new Content(Artefact.MAP, Content.SAFETENSORS, new byte[] {1});
            service.faults().call(() -> service.finishMap(now.lease(), map));
            end(now);
            return;
        }
        now.untold().addAll(now.run().advance(1 + random.nextInt(STEPS_MAX)));
        if (!now.untold().isEmpty()
                && tolerated(() -> service.work()
                                .reportLosses(now.lease(), List.copyOf(now.untold()))
                                .replaceWith(true))
                        .isPresent()) {
            now.untold().clear();
            if (random.nextBoolean()) {
                tolerated(() -> service.work()
                        .saveCheckpoint(now.lease(), now.run().checkpoint())
                        .replaceWith(true));
            }
        }
        if (now.run().isDone() && now.untold().isEmpty()) {
            service.faults().call(() -> service.finishRun(now.lease(), now.run().result()));
            end(now);
        }
    }

    private void retryLater(Task now) {
        try {
            service.faults()
                    .call(() -> service.work().retryLater(now.lease(), new Failure("passing-trouble", "no answer")));
            end(now);
        } catch (LeaseLost e) {
            end(now);
        } catch (SimulatedFaults.NoAnswer e) {
            service.queue().release(now.message());
            task = Optional.empty();
        }
    }

    private void end(Task now) {
        service.queue().accept(now.message());
        task = Optional.empty();
    }

    /** Of progress, which is told again with the next. */
    private <T> Optional<T> tolerated(Supplier<Uni<T>> report) {
        try {
            return Optional.of(service.faults().call(report));
        } catch (SimulatedFaults.NoAnswer e) {
            return Optional.empty();
        }
    }
}
