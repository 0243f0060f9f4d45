package org.saminversion.standalone.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.ProgressBar;

/** Turns the events of an inversion into progress bars, one per stage. */
final class StageProgress implements AutoCloseable {
    private static final int PERCENT = 100;

    private final Console console;
    private ProgressBar bar;
    private String stage = "";

    StageProgress(Console console) {
        this.console = console;
        this.bar = new ProgressBar(console, stage);
    }

    /** @param event the data of a server-sent event; states are told as lines, progress moves the bar */
    void show(JsonNode event) {
        if (event.has("state")) {
            bar.close();
            console.note("state: " + event.path("state").asText());
        } else if (event.has("progress")) {
            begin(event.path("stage").asText());
            if (event.has("loss")) {
                bar.progressed(
                        event.path("step").asInt(),
                        event.path("steps").asInt(),
                        event.path("loss").asDouble());
            } else {
                bar.progressed((int) (PERCENT * event.path("progress").asDouble()), PERCENT, Double.NaN);
            }
        }
    }

    private void begin(String newStage) {
        if (!newStage.equals(stage)) {
            bar.close();
            stage = newStage;
            bar = new ProgressBar(console, stage.equals("MAP") ? "map      " : "inversion");
        }
    }

    @Override
    public void close() {
        bar.close();
    }
}
