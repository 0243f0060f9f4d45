package org.saminversion.model.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobLifecycleTest {
    @Test
    void aJobThatGoesWell() {
        JobState state = JobState.QUEUED;
        for (JobTrigger trigger : List.of(
                JobTrigger.MAP_STARTED, JobTrigger.MAP_FINISHED, JobTrigger.RUN_STARTED, JobTrigger.RUN_FINISHED)) {
            state = JobLifecycle.next(state, trigger).to();
        }
        assertEquals(JobState.SUCCEEDED, state);
    }

    @Test
    void aResultStandsWhateverComesLater() {
        for (JobTrigger trigger : JobTrigger.values()) {
            assertThrows(IllegalTransition.class, () -> JobLifecycle.next(JobState.SUCCEEDED, trigger));
        }
    }

    @Test
    void everyStateIsReachedAndEveryLiveStateCanEnd() {
        assertEquals(EnumSet.allOf(JobState.class), reachableFrom(JobState.QUEUED));
        for (JobState state : JobState.values()) {
            assertTrue(
                    state.isFinal() || reachableFrom(state).stream().anyMatch(JobState::isFinal),
                    state + " never ends");
        }
    }

    @Test
    void everyLiveStateCanBeCancelledAndExpires() {
        for (JobState state : JobState.values()) {
            boolean live = !state.isFinal();
            assertEquals(
                    live, JobLifecycle.find(state, JobTrigger.CANCEL_REQUESTED).isPresent(), state.name());
            assertEquals(
                    live, JobLifecycle.find(state, JobTrigger.DEADLINE_PASSED).isPresent(), state.name());
        }
    }

    @Test
    void whatLeavesForAFinalStateClosesAndWhatWaitsIsSent() {
        for (Transition t : JobLifecycle.TRANSITIONS) {
            if (t.to().isFinal()) {
                assertEquals(JobAction.CLOSE, t.action(), t.toString());
            } else if (t.to() == JobState.QUEUED) {
                assertEquals(JobAction.SEND_TO_SEGMENTER, t.action(), t.toString());
            } else if (t.to() == JobState.READY) {
                assertEquals(JobAction.SEND_TO_GPU, t.action(), t.toString());
            }
        }
    }

    @Test
    void theDocumentedTableIsTheCodes() throws Exception {
        Path page = Path.of("../docs/job-lifecycle.md");
        if (Boolean.getBoolean("sam.update-docs")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, LifecyclePage.ofJobs().markdown());
        }
        assertEquals(LifecyclePage.ofJobs().markdown(), Files.readString(page));
    }

    private static Set<JobState> reachableFrom(JobState start) {
        Set<JobState> seen = EnumSet.of(start);
        Deque<JobState> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            JobState state = open.pop();
            JobLifecycle.TRANSITIONS.stream()
                    .filter(t -> t.from() == state && seen.add(t.to()))
                    .forEach(t -> open.push(t.to()));
        }
        return seen;
    }
}
