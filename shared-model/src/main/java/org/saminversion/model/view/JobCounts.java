package org.saminversion.model.view;

import java.util.Map;
import org.saminversion.model.lifecycle.JobState;

/** @param byState how many jobs a tenant has in each state, in the order of a job's life; all states are there */
public record JobCounts(Map<JobState, Long> byState) {}
