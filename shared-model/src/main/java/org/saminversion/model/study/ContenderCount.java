package org.saminversion.model.study;

/** @param photographs that this contender has inverted with this bundle */
public record ContenderCount(String bundle, Contender contender, long photographs) {}
