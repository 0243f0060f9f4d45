/** Inversions: submitted, looked at, followed, repeated, kept and cancelled, with their artefacts. */
package org.saminversion.gateway.inversions;
