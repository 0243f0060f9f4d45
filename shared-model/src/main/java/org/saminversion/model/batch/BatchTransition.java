package org.saminversion.model.batch;

public record BatchTransition(BatchState from, BatchTrigger trigger, BatchState to, BatchAction action) {}
