package org.saminversion.model.store;

import java.util.List;
import org.saminversion.model.LossRecord;

/** The JSON of a row of {@code loss_chunks}. Hibernate Reactive takes only objects, so the array has a wrapper. */
record LossChunk(List<LossRecord> losses) {}
