package org.saminversion.model.lifecycle;

public record Transition(JobState from, JobTrigger trigger, JobState to, JobAction action) {}
